import type { PrismaClient } from '@plumbline/prisma';
import type { Loaders } from '../context.ts';
import { createDatasetLoaders, type LoaderOptions } from '../modules/datasets/loaders.ts';
import { createDashboardLoaders } from '../modules/dashboards/loaders.ts';
import { createEvaluationLoaders } from '../modules/evaluations/loaders.ts';
import { createExperimentLoaders } from '../modules/experiments/loaders.ts';
import { createTrainingLoaders } from '../modules/training/loaders.ts';

/** The batching loaders of one request. */
export function createLoaders(db: PrismaClient, options: LoaderOptions): Loaders {
  return {
    ...createDatasetLoaders(db, options),
    ...createEvaluationLoaders(db, options),
    ...createDashboardLoaders(db, options),
    ...createTrainingLoaders(db, options),
    ...createExperimentLoaders(db, options),
  };
}
