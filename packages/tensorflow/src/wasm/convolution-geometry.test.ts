import { describe, expect, it } from 'vitest';
import { type Axis, coveredInput, phaseLength, phaseOf } from './convolution-geometry.ts';

const axes: Axis[] = [];
for (const input of [1, 2, 5, 8])
  for (const filter of [1, 2, 3, 5])
    for (const stride of [1, 2, 3])
      for (const pad of [0, 1, 2]) {
        const output = Math.floor((input + 2 * pad - filter) / stride) + 1;
        if (output > 0) axes.push({ input, filter, stride, pad, output });
      }

describe('the phases of an input gradient', () => {
  it('pair every input with exactly the outputs and taps that the convolution pairs it with', () => {
    for (const axis of axes) {
      const expected = new Set<string>();
      for (let o = 0; o < axis.output; o++)
        for (let k = 0; k < axis.filter; k++) {
          const i = o * axis.stride + k - axis.pad;
          if (i >= 0 && i < axis.input) expected.add(`${i} ${o} ${k}`);
        }
      const found = new Set<string>();
      for (let r = 0; r < axis.stride; r++) {
        const { firstTap, taps, reads } = phaseOf(axis, r);
        for (let u = 0; u < phaseLength(axis); u++)
          for (let j = 0; j < taps; j++) {
            const o = reads.start + u + j;
            const i = u * axis.stride + r;
            const k = firstTap + (taps - 1 - j) * axis.stride;
            if (o >= 0 && o < axis.output && i < axis.input) found.add(`${i} ${o} ${k}`);
          }
      }
      expect(found, JSON.stringify(axis)).toEqual(expected);
    }
  });

  it('cover the input from the padding before it to the last position of the filter', () => {
    expect(coveredInput({ input: 8, filter: 3, stride: 2, pad: 1, output: 4 })).toEqual({ start: -1, length: 9 });
  });
});
