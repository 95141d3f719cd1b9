import { hash, verify, type Options } from '@node-rs/argon2';
import { z } from 'zod';

/** OWASP's argon2id parameters: 19 MiB, two passes, one lane; some 30 ms on one core. */
const argon2id = 2;
const options: Options = { algorithm: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const passwordSchema = z
  .string()
  .min(10, 'The password is shorter than 10 characters; take a longer one, such as four words.')
  .max(200, 'The password is longer than 200 characters; shorten it.');

/** The password as an argon2id PHC string. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), options);
}

let decoy: Promise<string> | undefined;

/** True where the password is right. An unknown person (null) takes as long as a wrong password, and is always wrong. */
export async function isRightPassword(passwordHash: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword('nobody has this password');
  const known = passwordHash?.startsWith('$argon2') ? passwordHash : null;
  const right = await verify(known ?? (await decoy), password.normalize('NFKC'), options);
  return known !== null && right;
}
