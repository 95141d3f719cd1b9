import { planExperiment } from '@plumbline/ml/experiment';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { runTasks } from './schedule.ts';

const { tasks } = planExperiment({
  classes: [{ name: 'brick', dataHash: 'a', shortSide: 144, channels: 1 }],
  regimes: ['ae', 'stn-frozen', 'stn-random', 'stn-finetuned'],
  budget: 'smoke',
  seeds: 2,
});
const never = new AbortController().signal;
const none = (): boolean => false;

describe('the tasks of a plan', () => {
  test.each([1, 3, 20])('are each executed once, after what they need, %i at most at a time', async (jobs) => {
    const finished: string[] = [];
    let [now, most] = [0, 0];
    const unfinished = await runTasks({
      tasks,
      jobs,
      signal: never,
      isDone: none,
      execute: async (task) => {
        most = Math.max(most, ++now);
        for (const need of task.needs) expect(finished).toContain(need);
        await sleep(1);
        finished.push(task.id);
        now -= 1;
        return null;
      },
    });
    expect(unfinished).toEqual([]);
    expect(finished.toSorted()).toEqual(tasks.map(({ id }) => id).toSorted());
    expect(most).toBeLessThanOrEqual(jobs);
    if (jobs === 3) expect(most).toBe(3);
  });

  test('that are done already are not executed again, and let others begin', async () => {
    const executed: string[] = [];
    const done = tasks[0]!.id;
    await runTasks({
      tasks,
      jobs: 2,
      signal: never,
      isDone: ({ id }) => id === done,
      execute: (task) => {
        executed.push(task.id);
        return Promise.resolve(null);
      },
    });
    expect(executed).toHaveLength(tasks.length - 1);
    expect(executed).not.toContain(done);
  });

  test('that fail keep from running only what needs them', async () => {
    const unfinished = await runTasks({
      tasks,
      jobs: 2,
      signal: never,
      isDone: none,
      execute: ({ id }) => (id === 'orientation/brick/seed-1' ? Promise.reject(new Error('out of memory')) : Promise.resolve(null)),
    });
    expect(unfinished[0]).toEqual({ id: 'orientation/brick/seed-1', reason: 'out of memory' });
    expect(unfinished.slice(1).map(({ id }) => id)).toEqual(
      ['stn-frozen', 'stn-finetuned'].flatMap((regime) => [`runs/brick/${regime}/seed-1`, `evaluations/brick/${regime}/seed-1`]),
    );
    expect(unfinished.slice(1).every(({ reason }) => reason.startsWith('needs '))).toBe(true);
  });

  test('are not begun after the signal, and what runs is waited for', async () => {
    const controller = new AbortController();
    let ended = 0;
    const unfinished = await runTasks({
      tasks,
      jobs: 1,
      signal: controller.signal,
      isDone: none,
      execute: async () => {
        controller.abort();
        await sleep(5);
        ended += 1;
        return 'stopped';
      },
    });
    expect(ended).toBe(1);
    expect(unfinished).toHaveLength(tasks.length);
  });
});
