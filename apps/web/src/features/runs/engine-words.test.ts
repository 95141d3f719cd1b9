import { describe, expect, it } from 'vitest';
import { engineInWords, engineReason } from './engine-words.ts';

describe('engineInWords', () => {
  it('names engine, version, device and threads as far as they are known', () => {
    expect(engineInWords({ engine: 'native', device: 'cpu', tensorflow: '2.21.0', threads: 2 })).toBe(
      'native TensorFlow 2.21.0, CPU, 2 threads',
    );
    expect(engineInWords({ engine: 'wasm', device: 'cpu', tensorflow: null, threads: null })).toBe('WebAssembly, CPU');
    expect(engineInWords(null)).toBe('–');
    expect(engineInWords('odd')).toBe('–');
  });
});

describe('engineReason', () => {
  it('is there only when the native engine is not', () => {
    expect(engineReason({ engine: 'native', reason: null })).toBeNull();
    expect(engineReason({ engine: 'wasm', reason: 'No compiler.' })).toBe('No compiler.');
  });
});
