import { describe, expect, it } from 'vitest';
import { isEmulated, notBelow } from './value-renderer.ts';

describe('a threshold for values in float32', () => {
  it('is reached by the same values as the threshold itself', () => {
    for (const threshold of [0, 0.1, 0.3, 1 / 3, 12.34, 99_900, 0.001, -0.2, 1e-45, 2 ** -30 + 2 ** -60]) {
      const one = notBelow(threshold);
      expect(Math.fround(one)).toBe(one);
      const bits = new Int32Array(new Float32Array([one]).buffer);
      for (const step of [-2, -1, 0, 1, 2]) {
        const value = new Float32Array(Int32Array.from([bits[0]! + step]).buffer)[0]!;
        if (Number.isNaN(value)) continue;
        expect(value >= one, `${value} at ${threshold}`).toBe(value >= threshold);
      }
    }
  });
});

it('a graphics card that the processor plays is known by its name', () => {
  const emulated = [
    'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)',
    'llvmpipe (LLVM 15.0.7, 256 bits)',
    'ANGLE (Microsoft, Microsoft Basic Render Driver Direct3D11 vs_5_0 ps_5_0)',
  ];
  for (const name of emulated) expect(isEmulated(name), name).toBe(true);
  const real = [
    'ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 Direct3D11 vs_5_0 ps_5_0)',
    'Apple GPU',
    'Mesa Intel(R) UHD Graphics 620 (KBL GT2)',
  ];
  for (const name of real) expect(isEmulated(name), name).toBe(false);
});
