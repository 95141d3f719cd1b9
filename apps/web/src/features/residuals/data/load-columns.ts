import { askPlatform } from '#web/lib/ask-platform.ts';
import { parseColumns, type ImageColumns } from './columns.ts';

/** Columns of evaluations seen lately, so that coming back, or taking another one in, asks for none of them again. A finished evaluation never changes. */
const MOST_REMEMBERED = 12;
const remembered = new Map<string, Promise<ImageColumns>>();
const arrived = new Map<string, ImageColumns>();

function forget(address: string): void {
  remembered.delete(address);
  arrived.delete(address);
}

/** What has arrived before; null where it must be waited for. */
export const knownColumns = (address: string): ImageColumns | null => arrived.get(address) ?? null;

/**
 * The images of a finished evaluation.
 * @param address `Evaluation.imagesUrl`
 * @throws Error with one sentence where they could not be loaded; asking again then tries again
 */
export function loadColumns(address: string): Promise<ImageColumns> {
  const known = remembered.get(address);
  if (known) {
    remembered.delete(address);
    remembered.set(address, known);
    return known;
  }
  const loading = fetchColumns(address);
  remembered.set(address, loading);
  for (const oldest of remembered.keys()) if (remembered.size > MOST_REMEMBERED) forget(oldest);
  loading.then(
    (columns) => void (remembered.get(address) === loading && arrived.set(address, columns)),
    () => void (remembered.get(address) === loading && forget(address)),
  );
  return loading;
}

async function fetchColumns(address: string): Promise<ImageColumns> {
  const response = await askPlatform(address, { headers: { accept: 'application/json' } });
  if (response.status === 404) throw new Error('An evaluation does not exist any more, or you may not see it.');
  if (!response.ok) throw new Error(`The list of images was refused (HTTP ${response.status}): try again in a moment.`);
  return parseColumns(await response.json());
}
