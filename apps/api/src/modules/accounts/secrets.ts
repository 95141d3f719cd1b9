import { createHash, randomBytes } from 'node:crypto';

/** Secrets that are shown once and of which only the sha256 is kept: 256 random bits need no slow hash. */

const apiSecret = /^plb_[A-Za-z0-9_-]{43}$/;

/** A secret of 43 characters for links. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** The secret of an ApiToken: its prefix lets scanners of source code recognise one that was committed. */
export const newApiSecret = (): string => `plb_${newSecret()}`;

export const isApiSecret = (text: string): boolean => apiSecret.test(text);

/** Hex sha256. */
export const hashOfSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');
