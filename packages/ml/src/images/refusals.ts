import { BadImageError } from '../geometry/index.ts';

/** Turns a decoder's complaint into one sentence; what the decoder said stands in brackets. */
export function brokenImage(error: unknown, name: string): BadImageError {
  const said = (error instanceof Error ? error.message : String(error)).split('\n')[0]!.trim();
  if (/premature end|truncated|end of stream|unexpected end|not enough|read error|out of data/i.test(said))
    return new BadImageError('truncated', `${name} is cut off or damaged within its pixels (${said}): copy or export the file again.`);
  return new BadImageError('broken', `${name} is damaged and cannot be decoded (${said}): copy or export the file again.`);
}
