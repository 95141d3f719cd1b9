'use client';

import { useQuery } from '@apollo/client/react';
import { issuesOf, sentenceOf } from '#web/graphql/failure.ts';
import type { ExperimentEstimateQuery, ExperimentPlanInput } from '#web/graphql/generated/graphql.ts';
import { useRested } from '#web/lib/use-rested.ts';
import { experimentEstimateDocument } from './documents.ts';

export type Estimate = Extract<ExperimentEstimateQuery['experimentEstimate'], { __typename: 'ExperimentEstimate' }>;

export interface EstimateAnswer {
  /** The last one; stays while a later plan is being reckoned. */
  readonly estimate: Estimate | null;
  /** What the server has against the plan, by input field; '' holds the rest. */
  readonly issues: Readonly<Record<string, string>>;
  readonly problem: string | null;
  readonly pending: boolean;
}

const rest = 300;

/** What a plan would cost, asked of the server once it rests; null asks nothing. */
export function useEstimate(plan: ExperimentPlanInput | null): EstimateAnswer {
  const wanted = plan === null ? '' : JSON.stringify(plan);
  const asked = useRested(wanted, rest, '');
  const input = asked === '' ? { projectId: '', variants: [], datasetIds: [], seeds: [] } : (JSON.parse(asked) as ExperimentPlanInput);
  const { data, previousData, error, loading } = useQuery(experimentEstimateDocument, {
    variables: { input },
    skip: asked === '' || wanted === '',
    fetchPolicy: 'network-only',
  });
  if (wanted === '') return { estimate: null, issues: {}, problem: null, pending: false };
  const answer = (data ?? previousData)?.experimentEstimate;
  const refused = data && data.experimentEstimate.__typename !== 'ExperimentEstimate' ? data.experimentEstimate : null;
  return {
    estimate: answer?.__typename === 'ExperimentEstimate' ? answer : null,
    issues: issuesOf(refused),
    problem: error ? sentenceOf(error) : refused ? sentenceOf(refused) : null,
    pending: loading || asked !== wanted,
  };
}
