export type Field = string | number | boolean | null;

const field = (value: Field): string => {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** A head and rows as CSV; null is an empty field. */
export const csv = (head: readonly string[], rows: readonly (readonly Field[])[]): string =>
  [head, ...rows].map((row) => `${row.map(field).join(',')}\n`).join('');
