import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { root } from '../setup/console.mjs';

/** Everything that a platform keeps lies below one data directory. */
export interface Folders {
  readonly data: string;
  readonly postgres: string;
  readonly storage: string;
  readonly uploads: string;
  readonly runs: string;
  readonly logs: string;
}

/** The folders of PLUMBLINE_DATA, by default `data` beside the code; made where they are missing. */
export function openFolders(chosen = process.env['PLUMBLINE_DATA']): Folders {
  const data = resolve(chosen === undefined || chosen === '' ? join(root, 'data') : chosen.replace(/^~(?=\/|$)/, homedir()));
  const below = (name: string): string => join(data, name);
  const folders = {
    data,
    postgres: below('postgres'),
    storage: below('storage'),
    uploads: below('uploads'),
    runs: below('runs'),
    logs: below('logs'),
  };
  mkdirSync(data, { recursive: true });
  // The database makes its own folder: where the server runs as another user, it has to belong to that one.
  for (const folder of [folders.storage, folders.uploads, folders.runs, folders.logs]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folders;
}

/** A path for people: relative to where they are when that is shorter. */
export function shown(path: string): string {
  const near = relative(process.cwd(), path);
  return near.startsWith('..') ? path : `./${near}`;
}
