import { describe, expect, it } from 'vitest';
import { explainDeath, inWords } from './failures.ts';

describe('a failure in words', () => {
  it.each([
    [
      "ENOSPC: no space left on device, write '/data/runs/1/checkpoints/last/a.f32'",
      /^The worker's disk is full: free space .*then resume the run\. \(ENOSPC.*a\.f32'\)$/,
    ],
    ['Array buffer allocation failed', /^Memory ran out: use a smaller training\.batch/],
    ['RESOURCE_EXHAUSTED: OOM when allocating tensor with shape[128,64,64,32]', /^Memory ran out/],
    ["EACCES: permission denied, mkdir '/data/runs/1'", /^The worker may not write to its data directory/],
    ['CUDA_ERROR_LAUNCH_FAILED: unspecified launch failure', /^The graphics processor failed/],
  ])('says what to do about %s', (message, words) => expect(inWords(message)).toMatch(words));

  it('leaves a sentence that says so already as it is, and ends any other with a full stop', () => {
    const diverged = 'The training diverged at step 12; lower training.learningRate (now 0.1) or raise training.warmup or training.batch.';
    expect(inWords(diverged)).toBe(diverged);
    expect(inWords(explainDeath(null, 'SIGKILL'))).toBe(explainDeath(null, 'SIGKILL'));
    expect(inWords('something else\n  at a.ts')).toBe('something else.');
  });
});
