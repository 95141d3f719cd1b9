import { describe, expect, it } from 'vitest';
import { engineEnvironment } from './environment.ts';

describe('engineEnvironment', () => {
  it('keeps freed memory in the process, quiets TensorFlow and leaves the number of threads to it', () => {
    const variables = engineEnvironment({ PLUMBLINE_CACHE: '/nonexistent' });
    expect(variables).toMatchObject({ MALLOC_MMAP_MAX_: '0', MALLOC_TRIM_THRESHOLD_: '100000000000', TF_CPP_MIN_LOG_LEVEL: '2' });
    expect(variables).not.toHaveProperty('TF_NUM_INTRAOP_THREADS');
    expect(variables).not.toHaveProperty('LD_LIBRARY_PATH');
  });

  it('fixes the number of threads that PLUMBLINE_THREADS gives', () => {
    const variables = engineEnvironment({ PLUMBLINE_CACHE: '/nonexistent', PLUMBLINE_THREADS: '3' });
    expect(variables).toMatchObject({ TF_NUM_INTRAOP_THREADS: '3', TF_NUM_INTEROP_THREADS: '3' });
  });

  it('refuses a number of threads that is none', () => {
    for (const threads of ['0', '-1', '1.5', 'many']) expect(() => engineEnvironment({ PLUMBLINE_THREADS: threads })).toThrow(RangeError);
  });
});
