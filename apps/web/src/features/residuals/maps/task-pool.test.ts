import { describe, expect, it } from 'vitest';
import { TaskPool, type PoolRequest, type PoolWorker } from './task-pool.ts';

/** Workers that answer only when told to, so that order and drops can be seen. */
function harness(workers = 1) {
  const started: string[] = [];
  const open: { id: number; task: string; worker: PoolWorker }[] = [];
  let created = 0;
  const pool = new TaskPool<string, string>(workers, () => {
    created++;
    const worker: PoolWorker = {
      onmessage: null,
      onerror: null,
      terminate: () => undefined,
      postMessage: (message) => {
        const { id, task } = message as { id: number; task: string };
        started.push(task);
        open.push({ id, task, worker });
      },
    };
    return worker;
  });
  const ask = (name: string, more: Partial<PoolRequest<string>> = {}, signal?: AbortSignal) =>
    pool.run({ key: name, affinity: name, task: name, urgent: false, ...more }, signal);
  const answer = () => {
    const next = open.shift()!;
    next.worker.onmessage!({ data: { id: next.id, result: `${next.task} done` } });
  };
  return { pool, started, open, ask, answer, created: () => created };
}

describe('pool of residual workers', () => {
  it('starts urgent requests first, then the newest', async () => {
    const { started, ask, answer } = harness();
    const all = ['first', 'old', 'new'].map((name) => ask(name));
    all.push(ask('opened', { urgent: true }));
    for (let i = 0; i < 4; i++) answer();
    expect(started).toEqual(['first', 'opened', 'new', 'old']);
    expect(await Promise.all(all)).toEqual(['first done', 'old done', 'new done', 'opened done']);
  });

  it('computes a key once however many ask for it', async () => {
    const { started, ask, answer } = harness();
    const both = Promise.all([ask('same'), ask('same')]);
    answer();
    expect(await both).toEqual(['same done', 'same done']);
    expect(started).toEqual(['same']);
  });

  it('never starts a request that everybody has left, but finishes one that somebody still waits for', async () => {
    const { started, ask, answer } = harness();
    const leave = new AbortController();
    void ask('running');
    const left = ask('left', {}, leave.signal);
    const shared = ask('shared', {}, leave.signal);
    const kept = ask('shared');
    leave.abort(new Error('scrolled away'));
    await expect(left).rejects.toThrow('scrolled away');
    await expect(shared).rejects.toThrow('scrolled away');
    answer();
    answer();
    expect(await kept).toBe('shared done');
    expect(started).toEqual(['running', 'shared']);
  });

  it('sends one affinity to one worker', () => {
    const { open, ask } = harness(8);
    void ask('a', { affinity: 'image 1' });
    void ask('b', { affinity: 'image 1' });
    expect(open).toHaveLength(1);
  });

  it('keeps a request with the worker it was first given to, whatever affinity those have who join it', async () => {
    const { started, open, ask, answer } = harness(2);
    // Of different workers, both busy.
    const busy = ask('busy', { affinity: 'a' });
    void ask('elsewhere', { affinity: 'b' });
    expect(open).toHaveLength(2);
    const leave = new AbortController();
    const both = [ask('left', { affinity: 'a' }, leave.signal), ask('left', { affinity: 'b' }, leave.signal)];
    leave.abort(new Error('scrolled away'));
    for (const one of both) await expect(one).rejects.toThrow('scrolled away');
    while (open.length > 0) answer();
    expect(await busy).toBe('busy done');
    // What everybody has left never starts.
    expect(started).toEqual(['busy', 'elsewhere']);
  });

  it('fails the task of a worker that dies and goes on with a new one', async () => {
    const { open, ask, answer, created } = harness();
    const poor = ask('poor');
    const next = ask('next');
    open.shift()!.worker.onerror!({ message: 'out of memory' });
    await expect(poor).rejects.toThrow('out of memory');
    answer();
    expect(await next).toBe('next done');
    expect(created()).toBe(2);
  });

  it('hands the sentence of a failed task to its waiters', async () => {
    const { open, ask } = harness();
    const failing = ask('failing');
    const { id, worker } = open.shift()!;
    worker.onmessage!({ data: { id, error: 'x.png is broken.' } });
    await expect(failing).rejects.toThrow('x.png is broken.');
  });

  it('fails what waits when it is closed', async () => {
    const { pool, ask } = harness();
    const both = [ask('a'), ask('b')];
    pool.close();
    await Promise.all(both.map((one) => expect(one).rejects.toThrow('closed')));
  });
});
