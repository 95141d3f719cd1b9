import { Worker } from 'node:worker_threads';
import { resolveRecipe } from '@plumbline/ml/recipes';
import { afterEach, describe, expect, it } from 'vitest';
import { createResiduals, TooManyResiduals, type Residuals, type ResidualLimits, type ResidualTask } from './residualQueue.ts';

const { geometry, residual: options } = resolveRecipe('ae');

function task(input: string): ResidualTask {
  return { input, reconstruction: '', measure: 'mse', options, geometry, width: 1, height: 1 };
}

/** A thread that answers with the task's name and how many it has computed, and dies of the name 'crash'. */
const program = `
  const { parentPort } = require('node:worker_threads');
  let count = 0;
  parentPort.on('message', ({ id, task }) => {
    if (task.input === 'crash') throw new Error('out of memory');
    parentPort.postMessage({ id, tiff: new TextEncoder().encode(task.input + ' ' + ++count) });
  });`;

let residuals: Residuals | undefined;
afterEach(() => residuals?.stop());

function made(limits: ResidualLimits = { waiting: 32, keptBytes: 1000 }): (input: string) => Promise<string> {
  const own = createResiduals(limits, () => new Worker(program, { eval: true }));
  residuals = own;
  return async (input) => (await own.compute(input, task(input))).toString();
}

describe('the queue of residual maps', () => {
  it('computes once what is asked for under one tag, at once or later', async () => {
    const compute = made();
    expect(await Promise.all([compute('a'), compute('a'), compute('b')])).toEqual(['a 1', 'a 1', 'b 2']);
    expect(await compute('a')).toBe('a 1');
  });

  it('keeps no more bytes than allowed, and those last asked for', async () => {
    const compute = made({ waiting: 32, keptBytes: 6 });
    expect([await compute('a'), await compute('b'), await compute('a'), await compute('c')]).toEqual(['a 1', 'b 2', 'a 1', 'c 3']);
    expect([await compute('a'), await compute('b')]).toEqual(['a 1', 'b 4']);
    expect([await compute('long name'), await compute('long name'), await compute('b')]).toEqual(['long name 5', 'long name 6', 'b 4']);
  });

  it('refuses more than may wait, and takes them when there is room again', async () => {
    const compute = made({ waiting: 2, keptBytes: 0 });
    const taken = Promise.all(['a', 'b', 'c'].map(compute));
    await expect(compute('d')).rejects.toThrow(TooManyResiduals);
    expect(await compute('b')).toBe('b 2');
    expect(await taken).toEqual(['a 1', 'b 2', 'c 3']);
    expect(await compute('d')).toBe('d 4');
  });

  it('loses to a thread that dies only the map that it computed', async () => {
    const compute = made();
    const crash = expect(compute('crash')).rejects.toThrow('out of memory');
    const behind = compute('a');
    await crash;
    // Asked for between the dead thread's 'error' and its 'exit'.
    expect(await Promise.all([behind, compute('b')])).toEqual(['a 1', 'b 2']);
  });

  it('fails what waits when it is stopped', async () => {
    const compute = made();
    const failed = Promise.allSettled([compute('a'), compute('b')]);
    await residuals?.stop();
    expect((await failed).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(compute('c')).rejects.toThrow('the server stops');
  });
});
