import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { appendFile, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { CATALOGUE, recipeHash, resolveRecipe } from '@plumbline/ml/recipes';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseFiles, placeFrom, type ChosenFile } from './chosen-files.ts';
import { Server } from './connection.ts';
import { inLanes } from './lanes.ts';
import { settingsOf } from './runs.ts';
import { shortfall, workSchema } from './states.ts';
import { UploadMemory } from './upload-memory.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'plumbline-cli-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(...paths: string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), path);
  }
}

describe('which server is asked', () => {
  it('is said by options before the environment, and a slash at the end means nothing', () => {
    const environment = { PLUMBLINE_SERVER: 'http://here:3000/', PLUMBLINE_TOKEN: 'plb_1' } as unknown as NodeJS.ProcessEnv;
    expect(Server.from({}, environment)).toMatchObject({ url: 'http://here:3000', headers: { authorization: 'Bearer plb_1' } });
    expect(Server.from({ server: 'https://there//', token: 'plb_2' }, environment)).toMatchObject({
      url: 'https://there',
      headers: { authorization: 'Bearer plb_2' },
    });
  });

  it.each([
    [{}, /^Give the platform's address with --server or PLUMBLINE_SERVER/],
    [{ server: 'plumbline.example' }, /^--server is plumbline\.example; give an address such as/],
    [{ server: 'http://here' }, /^Give an API token with PLUMBLINE_TOKEN or --token/],
    [{ server: 'http://here', token: 'two words' }, /^Give an API token/],
  ])('%j is told what is missing', (options, sentence) => {
    expect(() => Server.from(options, {} as unknown as NodeJS.ProcessEnv)).toThrow(sentence);
  });
});

describe('the files of an import', () => {
  const chosen = async (paths: string[], as?: string): Promise<Record<string, unknown>> => {
    const files = await chooseFiles(
      paths.map((path) => join(folder, path)),
      as === undefined ? null : placeFrom(as),
    );
    return Object.fromEntries(files.map(({ path, place }) => [path, place]));
  };

  it('are those of the folder and below, with its name before their paths; bystanders and links to folders stay', async () => {
    write('brick/train/good/1.png', 'brick/test/crack/2.png', 'brick/license.txt', 'brick/.git/x', 'other/3.png');
    symlinkSync(join(folder, 'other/3.png'), join(folder, 'brick/train/good/3.png'));
    symlinkSync(join(folder, 'brick'), join(folder, 'brick/train/loop'));
    expect(await chosen(['brick'])).toEqual({
      'brick/test/crack/2.png': null,
      'brick/train/good/1.png': null,
      'brick/train/good/3.png': null,
    });
  });

  it('get their place from names where those leave no doubt, from --as where they are told, and are asked for otherwise', async () => {
    write('parts/ok/1.png', 'parts/scratch/2.png', 'loose/3.png', 'a.zip');
    expect(await chosen(['parts'])).toEqual({
      'parts/ok/1.png': { split: 'train', label: 'good' },
      'parts/scratch/2.png': { split: 'test', label: 'scratch' },
    });
    expect(await chosen(['loose'], 'test/dent')).toEqual({ 'loose/3.png': { split: 'test', label: 'dent' } });
    expect(await chosen(['a.zip'])).toEqual({ 'a.zip': null });
    await expect(chosen(['loose'])).rejects.toThrow('loose/3.png lies in no folder that tells what it is; say it with --as train/good');
    await expect(chosen(['nowhere'])).rejects.toThrow('there is no such file or folder');
    for (const as of ['good', 'train/good/x', 'tests/dent', '/']) expect(() => placeFrom(as)).toThrow(`--as is ${as}; give train/good`);
  });
});

describe('what has arrived', () => {
  const file = (path: string, modifiedMs = 1): ChosenFile => ({ file: `/data/${path}`, path, bytes: 5, modifiedMs, place: null });
  const memory = () => new UploadMemory('http://here', 'dst_1', { PLUMBLINE_STATE: folder } as unknown as NodeJS.ProcessEnv);

  it('is known to the next command, but not of a file that changed, nor of another dataset', async () => {
    memory().note(file('a'), 'one', true);
    memory().note(file('b'), 'two', false);
    expect(memory().of(file('a'))).toEqual({ upload: 'one', whole: true });
    expect(memory().of(file('b'))).toEqual({ upload: 'two', whole: false });
    expect(memory().of(file('a', 2))).toBeUndefined();
    const other = new UploadMemory('http://here', 'dst_2', { PLUMBLINE_STATE: folder } as unknown as NodeJS.ProcessEnv);
    expect(other.of(file('a'))).toBeUndefined();
  });

  it('survives a line that was broken off, and leaves nothing behind once all is forgotten', async () => {
    memory().note(file('a'), 'one', true);
    const [name = ''] = await readdir(join(folder, 'imports'));
    await appendFile(join(folder, 'imports', name), '{"key":"5 1 /da');
    expect(memory().of(file('a'))).toEqual({ upload: 'one', whole: true });
    memory().note(file('b'), 'two', true);
    expect(memory().of(file('b'))).toEqual({ upload: 'two', whole: true });
    memory().forgetAll([file('a')]);
    expect([memory().of(file('a')), memory().of(file('b'))]).toEqual([undefined, { upload: 'two', whole: true }]);
    memory().note(file('a'), 'three', true);
    memory().forgetAll([file('a'), file('b')]);
    expect(await readdir(join(folder, 'imports'))).toEqual([]);
  });
});

describe('what is done in lanes', () => {
  it('is done for every item, never more at a time than there are lanes', async () => {
    let [now, most] = [0, 0];
    const done: string[] = [];
    await inLanes(['a', 'b', 'c', 'd', 'e'], 2, new AbortController().signal, async (item, at) => {
      most = Math.max(most, ++now);
      await setImmediate();
      done[at] = item;
      now--;
    });
    expect(done).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(most).toBe(2);
  });

  it('stops at the first that fails, which is told when the others have ended', async () => {
    const begun: number[] = [];
    let ended = 0;
    const work = inLanes([0, 1, 2, 3], 2, new AbortController().signal, async (item, _at, stop) => {
      begun.push(item);
      if (item === 0) throw new Error('the first');
      await once(stop, 'abort');
      ended++;
      throw new Error('the second');
    });
    await expect(work).rejects.toThrow('the first');
    expect([begun, ended]).toEqual([[0, 1], 1]);
  });
});

describe('a run that is over', () => {
  const evaluation = (id: string, state: 'succeeded' | 'failed') => ({
    __typename: 'Evaluation',
    id,
    state,
    done: 4,
    total: 4,
    reason: 'No.',
  });
  const run = (...evaluations: ReturnType<typeof evaluation>[]) =>
    workSchema.parse({
      ...{ __typename: 'TrainingRun', id: 'run_1', state: 'succeeded', seed: 1, epoch: 1, epochs: 1, progress: 1, secondsLeft: null },
      ...{ trainLoss: 1, validationLoss: 1, phase: null, reason: null, warning: null, variant: { id: 'var_1', name: 'ae' } },
      ...{ datasetVersion: { id: 'dsv_1', number: 1, dataset: { id: 'dst_1', name: 'brick' } }, checkpoints: [], evaluations },
    });

  it('came out well where every one of its evaluations did', () => {
    expect(shortfall(run())).toBeNull();
    expect(shortfall(run(evaluation('evl_1', 'succeeded'), evaluation('evl_2', 'succeeded')))).toBeNull();
    expect(shortfall(run(evaluation('evl_1', 'failed'), evaluation('evl_2', 'succeeded')))).toBe('evl_1 failed: No.');
    expect(shortfall(run(evaluation('evl_1', 'succeeded'), evaluation('evl_2', 'failed')))).toBe('evl_2 failed: No.');
  });
});

describe('the recipe of a file', () => {
  it.each(CATALOGUE.map(({ name }) => name))('%s travels as settings that make the same recipe', (name) => {
    const recipe = resolveRecipe(name, ['training.epochs=7', 'model.latent=24']);
    expect(recipeHash(resolveRecipe('ae', settingsOf({ ...recipe, name: 'mine' })))).toBe(recipeHash(recipe));
    expect(settingsOf(recipe).length).toBeLessThan(100);
  });
});
