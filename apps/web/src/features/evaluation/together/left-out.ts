import { plural } from '#web/lib/numbers.ts';
import { MOST_EVALUATIONS } from '#web/features/residuals/view/view-state.ts';

/** Says in sentences which of the evaluations in an address are not shown, and why. @param found those of the first eight that the project has */
export function leftOut(wanted: number, found: readonly { readonly imagesUrl?: string | null | undefined }[]): string {
  const asked = Math.min(wanted, MOST_EVALUATIONS);
  const missing = asked - found.length;
  const unfinished = found.filter(({ imagesUrl }) => !imagesUrl).length;
  return [
    ...(wanted > asked
      ? [`At most ${MOST_EVALUATIONS} evaluations are looked at together and the address names ${wanted}: the first ${asked} are shown.`]
      : []),
    ...(missing > 0 ? [`${plural(missing, 'evaluation')} ${missing === 1 ? 'is' : 'are'} not in this project, or deleted.`] : []),
    ...(unfinished > 0
      ? [`${plural(unfinished, 'evaluation')} ${unfinished === 1 ? 'has' : 'have'} no results yet: come back when done.`]
      : []),
  ].join(' ');
}
