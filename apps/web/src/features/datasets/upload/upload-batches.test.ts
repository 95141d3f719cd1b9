import { describe, expect, it, vi } from 'vitest';
import type { ChosenFile } from './dropped-files.ts';
import { type Memory, type RememberedBatch, type Transport, UploadBatches } from './upload-batches.ts';

const chosen = (path: string, size = 4): ChosenFile => ({ path, file: new File(['x'.repeat(size)], path, { lastModified: 7 }) });

/** A server that takes a file when the test says so. */
function server() {
  const held = new Map<string, { finish: () => void; fail: (reason: string) => void }>();
  const known: (string | null)[] = [];
  const discarded: string[] = [];
  const transport: Transport = {
    send: (file, from, signal, on) =>
      new Promise((resolve, reject) => {
        const uploadId = from ?? `id of ${file.path}`;
        known.push(from);
        on.begun(uploadId);
        signal.addEventListener('abort', () => reject(new Error('stopped')));
        held.set(file.path, { finish: () => resolve(uploadId), fail: (reason) => reject(new Error(reason)) });
      }),
    discard: async (uploadId) => void discarded.push(uploadId),
  };
  return { transport, held, known, discarded };
}

/** What pages of one browser remember; `claimed`: who of them has a batch. */
function memory(rows: RememberedBatch[] = [], claimed = new Map<string, object>()): Memory & { readonly rows: RememberedBatch[] } {
  const page = {};
  const drop = (id: string) => void rows.splice(0, rows.length, ...rows.filter((row) => row.id !== id));
  return {
    rows,
    claim: async (id) => {
      if (!claimed.has(id)) claimed.set(id, page);
      return claimed.get(id) === page;
    },
    save: async (batch) => (drop(batch.id), void rows.push({ ...batch, arrived: [] })),
    note: async (id, arrived) => rows.forEach((row, index) => (row.id === id ? (rows[index] = { ...row, arrived }) : undefined)),
    forget: async (id) => drop(id),
    all: async () => [...rows],
  };
}

const imported = () => {
  const started: string[][] = [];
  const begin = async (_dataset: string, files: readonly { path: string; uploadId: string }[]) => {
    started.push(files.map(({ path, uploadId }) => `${path} = ${uploadId}`));
    return { importId: `imp_${started.length}` };
  };
  return { started, begin };
};

describe('uploads into one dataset', () => {
  it('follow one another, none is dropped, and each becomes an import of its own', async () => {
    const { transport, held } = server();
    const { started, begin } = imported();
    const uploads = new UploadBatches(transport, memory());
    uploads.add('d', [chosen('a'), chosen('b')], begin);
    uploads.add('d', [chosen('c')], begin);
    uploads.add('other', [chosen('x')], begin);
    expect(uploads.of('d').map(({ phase }) => phase)).toEqual(['sending', 'waiting']);
    expect(uploads.of('other').map(({ phase }) => phase)).toEqual(['sending']);
    expect([...held.keys()].sort()).toEqual(['a', 'b', 'x']);
    held.get('a')!.finish();
    held.get('b')!.finish();
    await vi.waitFor(() =>
      expect(uploads.of('d').map(({ phase, importId }) => [phase, importId])).toEqual([
        ['done', 'imp_1'],
        ['sending', null],
      ]),
    );
    held.get('c')!.finish();
    await vi.waitFor(() => expect(uploads.of('d').map(({ importId }) => importId)).toEqual(['imp_1', 'imp_2']));
    expect(started).toEqual([['a = id of a', 'b = id of b'], ['c = id of c']]);
    expect(uploads.active, 'another dataset is still being sent to').toBe(true);
    held.get('x')!.finish();
    await vi.waitFor(() => expect(uploads.active).toBe(false));
  });

  it('that are cancelled leave nothing on the server, and the next one begins', async () => {
    const { transport, held, discarded } = server();
    const { started, begin } = imported();
    const kept = memory();
    const uploads = new UploadBatches(transport, kept);
    const first = uploads.add('d', [chosen('a'), chosen('b')], begin);
    uploads.add('d', [chosen('c')], begin);
    held.get('a')!.finish();
    await vi.waitFor(() => expect(uploads.of('d')[0]?.filesSent).toBe(1));
    await uploads.discard(first);
    expect(discarded.sort()).toEqual(['id of a', 'id of b']);
    expect(kept.rows.map(({ files }) => files[0]?.path)).toEqual(['c']);
    await vi.waitFor(() => expect(uploads.of('d').map(({ phase }) => phase)).toEqual(['sending']));
    held.get('c')!.finish();
    await vi.waitFor(() => expect(started).toEqual([['c = id of c']]));
  });

  it('that failed go on where they stopped when they are tried again', async () => {
    const { transport, held, known } = server();
    const { started, begin } = imported();
    const uploads = new UploadBatches(transport, memory());
    const id = uploads.add('d', [chosen('a'), chosen('b')], begin);
    held.get('a')!.finish();
    held.get('b')!.fail('b could not be sent');
    await vi.waitFor(() => expect(uploads.of('d')[0]).toMatchObject({ phase: 'failed', reason: 'b could not be sent' }));
    uploads.retry(id);
    expect(known).toEqual([null, null, 'id of b']);
    held.get('b')!.finish();
    await vi.waitFor(() => expect(started).toEqual([['a = id of a', 'b = id of b']]));
  });
});

describe('an upload that a closed page left', () => {
  const files = [
    { path: 'a', size: 4, modified: 7 },
    { path: 'b', size: 9, modified: 7 },
    { path: 'c', size: 4, modified: 7 },
  ];
  const left = (): RememberedBatch[] => [
    {
      id: '1',
      datasetId: 'd',
      files,
      arrived: [{ uploadId: 'A', bytes: 4, whole: true }, { uploadId: 'B', bytes: 5, whole: false }, null],
    },
  ];

  it('asks for what is missing alone, takes those files of what is chosen, and sends nothing twice', async () => {
    const { transport, held, known } = server();
    const { started, begin } = imported();
    const uploads = new UploadBatches(transport, memory(left()));
    await uploads.recall();
    expect(uploads.of('d')).toMatchObject([{ phase: 'interrupted', files: 3, filesSent: 1, missing: 2, bytes: 17, bytesSent: 9 }]);
    expect(uploads.active).toBe(false);
    expect(uploads.resume('d', [chosen('b', 8), chosen('c'), chosen('new')], begin).map(({ path }) => path)).toEqual(['b', 'new']);
    expect(uploads.of('d')).toMatchObject([{ phase: 'interrupted', missing: 1 }]);
    expect(uploads.resume('d', [chosen('b', 9)], begin)).toEqual([]);
    expect(known).toEqual(['B', null]);
    held.get('b')!.finish();
    held.get('c')!.finish();
    await vi.waitFor(() => expect(started).toEqual([['a = A', 'b = B', 'c = id of c']]));
  });

  it('is brought back by one of two pages, and by none while the page that sends it is open', async () => {
    const [rows, claimed] = [left(), new Map<string, object>()];
    const pageOf = () => new UploadBatches(server().transport, memory(rows, claimed));
    const [first, second] = [pageOf(), pageOf()];
    await first.recall();
    await second.recall();
    expect([first.of('d').length, second.of('d').length]).toEqual([1, 0]);
    first.add('d', [chosen('new')], imported().begin);
    await vi.waitFor(() => expect(rows).toHaveLength(2));
    await second.recall();
    expect(second.of('d')).toEqual([]);
  });

  it('goes on without what is not there any more, and takes the rest of that off the server', async () => {
    const { transport, discarded } = server();
    const { started, begin } = imported();
    const uploads = new UploadBatches(transport, memory(left()));
    await uploads.recall();
    uploads.goOnWithout('1', begin);
    await vi.waitFor(() => expect(started).toEqual([['a = A']]));
    expect(discarded).toEqual(['B']);
  });
});
