import type { ShownEvaluation } from '#web/features/residuals/view/shown-evaluation.ts';
import type { EvaluationsTogetherQuery } from '#web/graphql/generated/graphql.ts';
import { parseProtocol } from '../data/parse.ts';
import { protocolWords } from '../data/protocol-words.ts';

export type Together = NonNullable<EvaluationsTogetherQuery['project']>['evaluations']['edges'][number]['node'];

interface Told {
  readonly checkpoint: { readonly kind: 'best' | 'last' };
  readonly run: { readonly seed: number };
  readonly datasetVersion: { readonly id: string; readonly number: number; readonly dataset: { readonly name: string } };
}

/** What tells an evaluation from others of its variant; the dataset only where it is not the same for all. */
export function detailOf({ checkpoint, run, datasetVersion }: Told, withDataset: boolean): string {
  return [
    ...(withDataset ? [`${datasetVersion.dataset.name} version ${datasetVersion.number}`] : []),
    `seed ${run.seed}`,
    ...(checkpoint.kind === 'last' ? ['last checkpoint'] : []),
  ].join(', ');
}

/** Of each protocol what not all of them say. */
export function protocolDifferences(protocols: readonly unknown[]): string[] {
  const told = protocols.map((protocol) => protocolWords(protocol).split(' · '));
  return told.map((words) => words.filter((word) => !told.every((others) => others.includes(word))).join(', '));
}

/** Evaluations as the residual browser shows them. */
export function shownOf(evaluations: readonly Together[], projectId: string): ShownEvaluation[] {
  const several = new Set(evaluations.map(({ datasetVersion }) => datasetVersion.id)).size > 1;
  const differences = protocolDifferences(evaluations.map(({ protocol }) => protocol));
  return evaluations.map((one, place) => ({
    id: one.id,
    name: one.run.variant.name,
    detail: [detailOf(one, several), differences[place]].filter(Boolean).join(', '),
    href: `/projects/${projectId}/evaluations/${one.id}`,
    protocol: parseProtocol(one.protocol, one.thresholds, one.run.recipe.document, one.metrics),
  }));
}
