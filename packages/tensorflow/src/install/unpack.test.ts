import { describe, expect, it } from 'vitest';
import { tensorflowParts } from './unpack.ts';

describe('tensorflowParts', () => {
  it('keeps the two libraries and the headers of the C interface', () => {
    expect(tensorflowParts('tensorflow/libtensorflow_cc.so.2')).toBe('lib/libtensorflow_cc.so.2');
    expect(tensorflowParts('tensorflow/libtensorflow_framework.so.2')).toBe('lib/libtensorflow_framework.so.2');
    expect(tensorflowParts('tensorflow/include/tensorflow/c/eager/c_api.h')).toBe('include/tensorflow/c/eager/c_api.h');
    expect(tensorflowParts('tensorflow/include/xla/tsl/c/tsl_status.h')).toBe('include/xla/tsl/c/tsl_status.h');
  });

  it('leaves Python and names that lead out of the folder where they are', () => {
    expect(tensorflowParts('tensorflow/python/keras.py')).toBeNull();
    expect(tensorflowParts('tensorflow/include/tensorflow/cc/ops.h')).toBeNull();
    expect(tensorflowParts('../../tensorflow/libtensorflow_cc.so.2')).toBeNull();
  });
});
