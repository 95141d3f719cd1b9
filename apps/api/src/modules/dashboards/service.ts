import type { Measure, Project } from '@plumbline/prisma';
import type { Context } from '../../context.ts';
import { teamsWith } from '../../permissions.ts';
import type { RankingMetric } from '../evaluations/metricSql.ts';
import { mostMisses, type Miss } from './loaders.ts';
import type { Standing } from './standings.ts';

/** A standing with the metric that it is by. */
export interface StandingBy extends Standing {
  readonly metric: RankingMetric;
  readonly measure: Measure;
}

/** Which variant is best on each dataset of a project now; nothing of a project that the person may not see. */
export async function listStandings(
  context: Context,
  project: Pick<Project, 'id' | 'teamId'>,
  { metric, measure }: { metric: RankingMetric; measure: Measure },
): Promise<StandingBy[]> {
  if (!teamsWith(context, 'evaluation.read').includes(project.teamId)) return [];
  const standings = await context.loaders.standings.load({ projectId: project.id, metric, measure });
  return standings.map((standing) => ({ ...standing, metric, measure }));
}

/** The defects that the best variant of a standing sees least, worst first. */
export async function worstMisses(
  { loaders }: Context,
  { best, measure }: StandingBy,
  first: number | null | undefined,
): Promise<readonly Miss[]> {
  const misses = await loaders.misses.load({ evaluationId: best.evaluationId, measure });
  return misses.slice(0, Math.min(Math.max(first ?? 5, 0), mostMisses));
}
