/** A text for one CSV cell (RFC 4180); texts that a spreadsheet would run as a formula are defused with an apostrophe. */
export function csvText(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Lines of cells that are ready for it, as one CSV text. */
export const csvOf = (lines: readonly (readonly string[])[]): string => `${lines.map((line) => line.join(',')).join('\r\n')}\r\n`;
