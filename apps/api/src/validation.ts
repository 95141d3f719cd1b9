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

/** Of values to be written those that were given: what was read before may have been changed by somebody else since. */
export function given<Values extends object>(values: Values): { [Key in keyof Values]?: NonNullable<Values[Key]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null)) as never;
}

/** Limits of a transaction that reads or writes a whole dataset. */
export const longTransaction = { timeout: 20_000, maxWait: 5_000 };

/** True for the database's refusal of a second row with the same unique values, whether the client wrote the statement or we did. */
export function isDuplicate(error: unknown): boolean {
  return hasCode(error, 'P2002') || databaseCodeOf(error) === '23505';
}

/** True for the database's refusal of a row that refers to one that is not there, or no longer, and to delete one that is referred to. */
export function breaksReference(error: unknown): boolean {
  return hasCode(error, 'P2003') || databaseCodeOf(error) === '23503';
}

/** True where a row stayed locked longer than a statement waits, or two waited for each other. */
export function isHeldByOthers(error: unknown): boolean {
  return hasCode(error, 'P2034') || ['55P03', '40P01'].includes(databaseCodeOf(error) ?? '');
}

const hasCode = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code;

/** What the database itself said of a statement that failed, where the client has no code of its own for it. */
const failureSchema = z.object({
  meta: z.object({ driverAdapterError: z.object({ cause: z.object({ originalCode: z.string() }) }) }),
});

const databaseCodeOf = (error: unknown): string | null =>
  failureSchema.safeParse(error).data?.meta.driverAdapterError.cause.originalCode ?? null;
