import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { BadImageError } from '../geometry/index.ts';

/** Encoded bytes, or the path of the file that holds them. */
export type ImageSource = string | Buffer;

export interface SourceOptions {
  /** How to call the image in a refusal; the file's name where there is one. */
  readonly name?: string;
}

/** Bytes of a source and the name to call it by. */
export async function readSource(source: ImageSource, options: SourceOptions = {}): Promise<{ bytes: Buffer; name: string }> {
  if (typeof source !== 'string') return { bytes: source, name: options.name ?? 'the image' };
  const name = options.name ?? basename(source);
  try {
    return { bytes: await readFile(source), name };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code ?? (error as Error).message})`;
    throw new BadImageError('missing', `${name} ${why}: check the path and its permissions.`);
  }
}
