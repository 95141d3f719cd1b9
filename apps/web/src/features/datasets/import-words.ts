import { count, plural } from '../../lib/numbers.ts';

export interface ImportCounts {
  readonly state: 'queued' | 'running' | 'succeeded' | 'failed';
  /** 0 = not known yet. */
  readonly total: number;
  readonly done: number;
  readonly accepted: number;
  readonly refused: number;
  readonly duplicates: number;
  readonly ignored: number;
}

/** Read to the end without taking anything in: no success, although nothing broke. */
export function tookNothing({ state, accepted }: Pick<ImportCounts, 'state' | 'accepted'>): boolean {
  return state === 'succeeded' && accepted === 0;
}

/** The state in a word or two, for a list. */
export function importWord(job: ImportCounts): string {
  if (tookNothing(job)) return 'nothing imported';
  return job.state === 'succeeded' && job.refused > 0 ? `${count(job.refused)} refused` : job.state;
}

/** How far it is: the total only once it is known. */
export function readSoFar({ state, total, done }: ImportCounts): string {
  const ended = state === 'succeeded' || state === 'failed';
  return ended || total === 0 ? `${plural(done, 'file')} read` : `${count(done)} of ${plural(total, 'file')} read`;
}

/** What became of the files that were read; the parts add up to them. Parts that are none are left out, but for what was accepted. */
export function becameOf({ accepted, duplicates, ignored, refused }: ImportCounts): { readonly refused: boolean; readonly text: string }[] {
  return [
    { refused: false, number: accepted, text: `${count(accepted)} accepted` },
    { refused: false, number: duplicates, text: `${count(duplicates)} already there` },
    { refused: false, number: ignored, text: `${count(ignored)} ignored` },
    { refused: true, number: refused, text: `${count(refused)} refused` },
  ]
    .filter(({ number }, index) => index === 0 || number > 0)
    .map(({ refused: bad, text }) => ({ refused: bad, text }));
}
