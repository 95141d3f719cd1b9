import { expect, it } from 'vitest';
import { told } from './told.ts';

it('says how many runs an act was done with, and each reason why not with the others once', () => {
  expect(told('cancel', [{ problem: null }])).toEqual({ done: '1 run cancelled.', problem: null });
  const ended = { problem: 'The run has ended already.' };
  expect(told('pause', [{ problem: null }, ended, ended, { problem: null }])).toEqual({
    done: '2 runs paused.',
    problem: '2 runs not: The run has ended already.',
  });
});
