import { prefixes, type Identified } from './identified.ts';
import { NotFound } from './problems.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const typeOfPrefix = new Map<string, Identified>(Object.entries(prefixes).map(([type, prefix]) => [prefix, type as Identified]));

/** The public id of a row: `run_0190…`. */
export function publicId(type: Identified, rowId: string): string {
  return `${prefixes[type]}_${rowId}`;
}

/** Type and row id of a public id, or null when it is none. */
export function parseId(id: string): { readonly type: Identified; readonly rowId: string } | null {
  const at = id.indexOf('_');
  const type = typeOfPrefix.get(id.slice(0, Math.max(at, 0)));
  const rowId = id.slice(at + 1);
  return type && uuid.test(rowId) ? { type, rowId } : null;
}

/**
 * The row id of a public id of the given type.
 * @throws NotFound for anything else, in the words used for a row that does not exist, so that ids reveal nothing
 */
export function rowIdOf(type: Identified, id: string): string {
  const parsed = parseId(id);
  if (parsed?.type !== type) throw new NotFound(type);
  return parsed.rowId;
}
