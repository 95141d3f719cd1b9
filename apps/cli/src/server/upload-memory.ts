import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { ChosenFile } from './chosen-files.ts';

const noteSchema = z.object({ key: z.string(), upload: z.string().nullable(), whole: z.boolean() });

const keyOf = ({ file, bytes, modifiedMs }: ChosenFile): string => `${bytes} ${modifiedMs} ${file}`;

/** Where notes lie that outlive a command. */
function stateFolder(environment: NodeJS.ProcessEnv): string {
  return environment['PLUMBLINE_STATE'] ?? join(environment['XDG_STATE_HOME'] || join(homedir(), '.local', 'state'), 'plumbline');
}

/** What of an import has arrived, so that the same command goes on where it was broken off. A file that changed meanwhile is sent anew. */
export class UploadMemory {
  readonly #path: string;
  /** What stands before the next note: a line that was broken off must not swallow it. */
  #before: string;
  /** Whether its folder is there. */
  #made = false;
  readonly #notes = new Map<string, { readonly upload: string; readonly whole: boolean }>();

  /** Of the files that go to a dataset of a server. */
  constructor(server: string, datasetId: string, environment: NodeJS.ProcessEnv = process.env) {
    const name = createHash('sha256')
      .update(JSON.stringify([server, datasetId]))
      .digest('hex')
      .slice(0, 24);
    this.#path = join(stateFolder(environment), 'imports', `${name}.jsonl`);
    let text = '';
    try {
      text = readFileSync(this.#path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    this.#before = text === '' || text.endsWith('\n') ? '' : '\n';
    for (const line of text.split('\n')) {
      const note = parsed(line);
      if (note?.upload) this.#notes.set(note.key, { upload: note.upload, whole: note.whole });
      else if (note) this.#notes.delete(note.key);
    }
  }

  /** Id of the file's upload, and whether all of it has arrived. */
  of(file: ChosenFile): { readonly upload: string; readonly whole: boolean } | undefined {
    return this.#notes.get(keyOf(file));
  }

  note(file: ChosenFile, upload: string, whole: boolean): void {
    this.#write({ key: keyOf(file), upload, whole });
    this.#notes.set(keyOf(file), { upload, whole });
  }

  forgetAll(files: readonly ChosenFile[]): void {
    const known = files.map(keyOf).filter((key) => this.#notes.delete(key));
    if (this.#notes.size === 0) rmSync(this.#path, { force: true });
    else if (known.length > 0) this.#write(...known.map((key) => ({ key, upload: null, whole: false })));
  }

  #write(...notes: readonly z.infer<typeof noteSchema>[]): void {
    if (!this.#made) mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
    this.#made = true;
    const lines = notes.map((note) => `${JSON.stringify(note)}\n`).join('');
    appendFileSync(this.#path, `${this.#before}${lines}`, { mode: 0o600 });
    this.#before = '';
  }
}

/** A line that was broken off in the middle says nothing. */
function parsed(line: string): z.infer<typeof noteSchema> | null {
  try {
    return noteSchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}
