/** Reading a recipe as plain JSON, by the dotted paths of its options ("training.epochs"). */

export function valueAt(document: unknown, path: string): unknown {
  let value: unknown = document;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/** An option's value as text for a form; null and missing are ''. */
export function valueText(value: unknown): string {
  return value === null || value === undefined ? '' : String(value);
}

/** "training.epochs=20" for each changed option; an emptied option that may be null becomes null. */
export function setsOf(changes: Readonly<Record<string, string>>): string[] {
  return Object.entries(changes).map(([path, value]) => `${path}=${value.trim() === '' ? 'null' : value.trim()}`);
}

/** Changes as one query parameter, and back. Paths and values hold neither ';' nor '='. */
export function encodeChanges(changes: Readonly<Record<string, string>>): string {
  return Object.entries(changes)
    .map(([path, value]) => `${path}=${value}`)
    .join(';');
}

export function decodeChanges(text: string | null): Record<string, string> {
  const changes: Record<string, string> = {};
  for (const part of (text ?? '').split(';')) {
    const at = part.indexOf('=');
    const path = part.slice(0, at);
    if (at > 0 && /^[a-zA-Z][\w.]*$/.test(path)) changes[path] = part.slice(at + 1);
  }
  return changes;
}

/** The message for a field: exactly its path, or one that lies under it. */
export function issueFor(issues: readonly { path: string; message: string }[], path: string): string | null {
  return issues.find((issue) => issue.path === path || issue.path.startsWith(`${path}.`))?.message ?? null;
}

/**
 * A variant's name from what was changed ("sample/ae latent 64 epochs 30"), since another recipe needs another name; at most 80 characters.
 */
export function suggestedVariant(base: string, changes: Readonly<Record<string, string>>): string {
  const words = Object.entries(changes).map(([path, value]) => `${path.split('.').at(-1)} ${value.trim() || 'auto'}`);
  return [base, ...words].join(' ').slice(0, 80).trim();
}
