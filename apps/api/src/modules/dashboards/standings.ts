import { mean, standardDeviation } from '@plumbline/ml/statistics';
import { grouped } from '../../grouped.ts';

/** One succeeded evaluation of best weights on a test split, by one metric. */
export interface Measured {
  readonly evaluationId: string;
  readonly projectId: string;
  readonly datasetId: string;
  readonly datasetName: string;
  readonly versionNumber: number;
  readonly protocolHash: string;
  readonly variantId: string;
  readonly variantName: string;
  readonly seed: number;
  readonly finishedAt: Date;
  /** 0–1, higher is better. */
  readonly value: number;
}

/** A variant over its seeds; each seed counts once, by its newest evaluation. */
export interface RankedVariant {
  readonly variantId: string;
  readonly variantName: string;
  readonly mean: number;
  /** Sample standard deviation over seeds; null for one seed. */
  readonly spread: number | null;
  readonly seeds: number;
  /** The evaluation of the seed that lies nearest to the mean. */
  readonly evaluationId: string;
}

/** Which variant was best on a dataset at some time, among those measured on one version under one protocol. */
export interface Lead {
  readonly best: RankedVariant;
  readonly versionNumber: number;
  readonly protocolHash: string;
  readonly variantCount: number;
}

export interface HistoryPoint {
  readonly at: Date;
  readonly value: number;
  readonly variantName: string;
  readonly versionNumber: number;
}

export interface Standing extends Lead {
  readonly projectId: string;
  readonly datasetId: string;
  readonly datasetName: string;
  /** The same a week before; null where nothing was measured then. */
  readonly weekAgo: Lead | null;
  /** How the best mean went, oldest first. */
  readonly history: readonly HistoryPoint[];
}

const week = 7 * 24 * 3600 * 1000;
/** Points of a history: more than a sparkline can show. */
const longestHistory = 60;

/** The standing of every dataset, by its name. */
export function standingsOf(rows: readonly Measured[], now: Date): Standing[] {
  const datasets = grouped(rows, (row) => row.datasetId);
  return [...datasets.values()].flatMap((all) => standingOf(all, now)).sort((a, b) => a.datasetName.localeCompare(b.datasetName));
}

function standingOf(rows: readonly Measured[], now: Date): Standing[] {
  const ordered = [...rows].sort((a, b) => a.finishedAt.getTime() - b.finishedAt.getTime());
  const lead = leadOf(ordered);
  if (!lead) return [];
  const { projectId, datasetId, datasetName } = ordered[0]!;
  const history: HistoryPoint[] = [];
  for (let n = Math.max(1, ordered.length - longestHistory + 1); n <= ordered.length; n++) {
    const then = leadOf(ordered.slice(0, n))!;
    const { mean: value, variantName } = then.best;
    history.push({ at: ordered[n - 1]!.finishedAt, value, variantName, versionNumber: then.versionNumber });
  }
  const before = ordered.filter(({ finishedAt }) => finishedAt.getTime() <= now.getTime() - week);
  return [{ ...lead, projectId, datasetId, datasetName, weekAgo: leadOf(before), history }];
}

/**
 * Who leads among these evaluations of a dataset. Only like is compared with like: the newest version that was measured, and there the protocol that most
 * evaluations have, of equals the one used last.
 * @param rows by time
 */
export function leadOf(rows: readonly Measured[]): Lead | null {
  const versionNumber = rows.reduce((newest, row) => Math.max(newest, row.versionNumber), 0);
  const protocols = grouped(
    rows.filter((row) => row.versionNumber === versionNumber),
    (row) => row.protocolHash,
  );
  const last = (some: readonly Measured[]): number => some.at(-1)?.finishedAt.getTime() ?? 0;
  const [used] = [...protocols].sort(([, a], [, b]) => b.length - a.length || last(b) - last(a));
  if (!used) return null;
  const [protocolHash, alike] = used;
  const ranked = [...grouped(alike, (row) => row.variantId).values()].map(rank);
  const [best] = ranked.sort((a, b) => b.mean - a.mean || b.seeds - a.seeds || a.variantName.localeCompare(b.variantName));
  return best ? { best, versionNumber, protocolHash, variantCount: ranked.length } : null;
}

function rank(rows: readonly Measured[]): RankedVariant {
  const seeds = [...new Map(rows.map((row) => [row.seed, row])).values()];
  const values = seeds.map(({ value }) => value);
  const middle = mean(values);
  const [typical] = [...seeds].sort((a, b) => Math.abs(a.value - middle) - Math.abs(b.value - middle));
  return {
    variantId: rows[0]!.variantId,
    variantName: rows[0]!.variantName,
    mean: middle,
    spread: standardDeviation(values),
    seeds: seeds.length,
    evaluationId: typical!.evaluationId,
  };
}
