import { z } from 'zod';
import type { Context } from '../../context.ts';
import { signedIn } from '../../permissions.ts';
import { parse } from '../../validation.ts';

const mostMinutes = 24 * 60;

const linkSchema = z.object({
  url: z
    .string()
    .max(2000, 'The address is too long to be that of a file.')
    .refine(
      (url) => URL.canParse(url, 'http://plumbline.invalid') && isFile(url),
      'Give the address of a file as the API tells it, such as /files/….',
    ),
  minutes: z
    .number()
    .int()
    .min(1, 'A link lasts at least a minute.')
    .max(mostMinutes, `A link lasts at most ${mostMinutes} minutes; make another when it has expired.`),
});

/** A path of ours, and not one that only looks so until its dots are resolved. */
function isFile(url: string): boolean {
  const { pathname, host } = new URL(url, 'http://plumbline.invalid');
  return host === 'plumbline.invalid' && url.startsWith('/files/') && pathname.startsWith('/files/');
}

export interface FileLink {
  /** Path and query. */
  readonly url: string;
  readonly expiresAt: Date;
}

/**
 * The address of a file with what opens it for a while. It sees what the signer sees at the moment when it is used: a link to a file of another team,
 * or to none, opens nothing.
 * @throws SignedOut, InvalidInput
 */
export function linkToFile(context: Context, raw: unknown): FileLink {
  const { credential } = signedIn(context);
  const { url, minutes } = parse(linkSchema, raw);
  const expiresAt = new Date((Math.floor(Date.now() / 1000) + 60 * minutes) * 1000);
  return { url: context.links.sign(url, credential, expiresAt), expiresAt };
}
