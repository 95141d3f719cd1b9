/** Hands a text to the browser as a file. */
export function downloadText(name: string, type: string, text: string): void {
  downloadBlob(name, new Blob([text], { type }));
}

/** Hands bytes to the browser as a file. */
export function downloadBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Safari begins the download after the click returns.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** A file name from words: letters, digits, dots and dashes. */
export const fileName = (...words: readonly string[]): string =>
  words.map((word) => word.replace(/[^\p{L}\p{N}.]+/gu, '-').replace(/^-+|-+$/g, '')).join('_');
