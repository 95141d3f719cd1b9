import { z } from 'zod';
import { InvalidInput } from './problems.ts';

/** A name that people give: trimmed, on one line. */
export function nameSchema(what: string, longest = 120) {
  return z
    .string()
    .trim()
    .min(1, `Give the ${what} a name.`)
    .max(longest, `The name of the ${what} is longer than ${longest} characters; shorten it.`)
    .refine((value) => !/\p{Cc}/u.test(value), `The name of the ${what} holds characters that cannot be shown; type it again.`);
}

/** The input as the schema reads it. @throws InvalidInput with every issue */
export function parse<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new InvalidInput(parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })));
}

/** Limits of a transaction that reads or writes a whole dataset. */
export const longTransaction = { timeout: 20_000, maxWait: 5_000 };

/** True for the database's refusal of a second row with the same unique values. */
export function isDuplicate(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'P2002';
}

/** True for the database's refusal of a row that refers to one that is not there, or no longer. */
export function refersToNothing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'P2003';
}
