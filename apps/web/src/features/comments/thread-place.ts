import type { Thread } from './use-threads.ts';

/** The page that shows exactly what the author of a thread saw, with the thread chosen. */
export function linkOf(
  projectId: string,
  { id, evaluation, run, reconstruction, view }: Pick<Thread, 'id' | 'evaluation' | 'run' | 'reconstruction' | 'view'>,
): string {
  const params = new URLSearchParams(view);
  if (reconstruction && !params.has('image')) params.set('image', reconstruction.id);
  params.set('comment', id);
  // Places in the view (the leading evaluation, thresholds by hand) are those of the page on which several were looked at together.
  const page = run ? `runs/${run.id}` : params.has('evaluations') ? 'compare/images' : `evaluations/${evaluation?.id ?? ''}`;
  return `/projects/${projectId}/${page}?${params.toString()}`;
}

/** What a thread is about, in words. */
export function placeOf({ evaluation, run, reconstruction, region }: Thread): string {
  if (run) return `Run ${run.variant.name} on ${run.datasetVersion.dataset.name}, seed ${run.seed}`;
  const on = evaluation ? `${evaluation.run.variant.name} on ${evaluation.datasetVersion.dataset.name}` : 'An evaluation';
  if (!reconstruction) return on;
  return `${on}, ${reconstruction.label} ${reconstruction.name}${region ? (region.width > 0 || region.height > 0 ? ', a region' : ', a point') : ''}`;
}
