export type Field = string | number | boolean | null;

const field = (value: Field): string => {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** A name that somebody typed: what a spreadsheet would run as a formula is defused with an apostrophe. */
export const named = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

/** A head and rows as CSV; null is an empty field. */
export const csv = (head: readonly string[], rows: readonly (readonly Field[])[]): string =>
  [head, ...rows].map((row) => `${row.map(field).join(',')}\n`).join('');
