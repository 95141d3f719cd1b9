/** What is done one after the other, by what it is called in the log. */
export type Steps = Readonly<Record<string, () => Promise<unknown>>>;

/** Performs every step though another fails. @throws AggregateError whose message says which steps failed, and why */
export async function performAll(steps: Steps): Promise<void> {
  const failed: Error[] = [];
  const said: string[] = [];
  for (const [what, perform] of Object.entries(steps))
    try {
      await perform();
    } catch (error) {
      failed.push(error as Error);
      said.push(`${what}: ${(error as Error).message}`);
    }
  if (failed.length > 0) throw new AggregateError(failed, said.join(' · '));
}
