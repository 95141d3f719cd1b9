/** The one JSON document of a command called with --json. */
export function printJson(document: unknown): void {
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}

/** Lines for a person. */
export function print(...lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** Two columns, the first padded. */
export function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`);
}

/** A metric for a person: four digits, or a dash where it is not defined. */
export const shown = (value: number | null, digits = 4): string => (value === null ? '–' : value.toFixed(digits));
