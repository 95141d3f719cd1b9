import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Credential } from '../actor.ts';

/** What a link may not be used for any more, in a sentence. */
export class BadLink extends Error {
  override readonly name = 'BadLink';
}

/** Who signed a link: it lasts no longer than their sign-in or API token, and sees what they see. */
export type Signer = Pick<Credential, 'kind' | 'id'>;

export interface SignedLink {
  readonly signer: Signer;
  readonly expiresAt: Date;
}

/** Addresses of files that need no sign-in for a while. */
export interface FileLinks {
  /** The address with what opens it. @param address path and query of a file */
  sign(address: string, signer: Signer, expiresAt: Date): string;
  /**
   * Reads what `sign` added to an address.
   * @returns null for an address that bears none of it
   * @throws BadLink where it is forged or too old
   */
  read(address: string): SignedLink | null;
}

const ours = ['expires', 'by', 'signature'] as const;
const signerPattern = /^(session|token)_([0-9a-f-]{36})$/;
/** Addresses are paths: what stands here only makes URLs of them. */
const nowhere = 'http://plumbline.invalid';

/** @param secret of the sessions, from which the key of links is derived: a link tells nothing about it */
export function createFileLinks(secret: string): FileLinks {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'plumbline file links 1', 32));

  /** Over the path, everything behind the question mark that is not ours, the moment and the signer. */
  function signatureOf(url: URL, expires: string, by: string): Buffer {
    const others = [...url.searchParams]
      .filter(([name]) => !ours.some((own) => own === name))
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return createHmac('sha256', key)
      .update(JSON.stringify([url.pathname, others, expires, by]))
      .digest();
  }

  return {
    sign(address, { kind, id }, expiresAt) {
      const url = new URL(address, nowhere);
      for (const name of ours) url.searchParams.delete(name);
      const [expires, by] = [String(Math.floor(expiresAt.getTime() / 1000)), `${kind}_${id}`];
      const signature = signatureOf(url, expires, by).toString('base64url');
      for (const [name, value] of Object.entries({ expires, by, signature })) url.searchParams.set(name, value);
      return url.pathname + url.search;
    },
    read(address) {
      const url = new URL(address, nowhere);
      if (!url.searchParams.has('signature')) return null;
      const [expires, by, signature] = ours.map((name) => url.searchParams.getAll(name));
      const given = Buffer.from(signature?.[0] ?? '', 'base64url');
      const signer = signerPattern.exec(by?.[0] ?? '');
      const expected = signatureOf(url, expires?.[0] ?? '', by?.[0] ?? '');
      const once = [expires, by, signature].every((values) => values?.length === 1);
      const genuine = given.length === expected.length && timingSafeEqual(given, expected);
      if (!once || !signer || !genuine) throw new BadLink('This link is not valid: copy all of it, or ask for a new one.');
      const expiresAt = new Date(Number(expires?.[0]) * 1000);
      if (expiresAt.getTime() <= Date.now()) throw new BadLink('This link has expired; ask for a new one.');
      return { signer: { kind: signer[1] as Signer['kind'], id: signer[2] ?? '' }, expiresAt };
    },
  };
}
