import { brandWithType } from '@pothos/core';
import { builder } from '../builder.ts';
import type { Context } from '../context.ts';
import type { Identified } from '../identified.ts';
import { parseId } from '../ids.ts';
import { readTeam, readUser } from '../modules/accounts/service.ts';
import { readComment } from '../modules/comments/service.ts';
import { readImport } from '../modules/datasets/importService.ts';
import { readComparison } from '../modules/comparisons/service.ts';
import { readDataset, readDatasetVersion, readImage } from '../modules/datasets/service.ts';
import { readEvaluation, readReconstruction } from '../modules/evaluations/service.ts';
import { readExperiment } from '../modules/experiments/service.ts';
import { readProject } from '../modules/projects/service.ts';
import { readRecipe } from '../modules/recipes/service.ts';
import { readVariant } from '../modules/recipes/variantService.ts';
import { readCheckpoint, readRun, readWorker } from '../modules/training/service.ts';
import { signedIn } from '../permissions.ts';
import { orNull } from '../problems.ts';

/** What has an id but is no Node: it is read where it belongs alone. */
const lesser = [
  'Session',
  'Identity',
  'ApiToken',
  'Invitation',
  'AuditEvent',
  'DatasetEdit',
  'RunView',
  'Webhook',
  'WebhookDelivery',
  'Notification',
  'ShareLink',
] as const;
type Lesser = (typeof lesser)[number];
const isLesser = (type: Identified): type is Lesser => (lesser as readonly string[]).includes(type);

/** Every Node type is read by its own service, which decides whether the person may see it. */
const readers: Record<Exclude<Identified, Lesser>, (context: Context, id: string) => Promise<object>> = {
  User: readUser,
  Team: readTeam,
  Project: readProject,
  Dataset: readDataset,
  Image: readImage,
  DatasetVersion: readDatasetVersion,
  DatasetImport: readImport,
  Recipe: readRecipe,
  Variant: readVariant,
  TrainingRun: readRun,
  Checkpoint: readCheckpoint,
  Worker: readWorker,
  Experiment: readExperiment,
  Evaluation: readEvaluation,
  Reconstruction: readReconstruction,
  Comparison: readComparison,
  Comment: readComment,
};

builder.queryField('node', (t) =>
  t.field({
    type: builder.nodeInterfaceRef(),
    nullable: true,
    description: 'Anything by its id; null when there is none, or you are no member of its team.',
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: async (_root, { id }, context) => {
      signedIn(context);
      const parsed = parseId(id);
      if (!parsed || isLesser(parsed.type)) return null;
      const found = await orNull(readers[parsed.type](context, id));
      if (found) brandWithType(found, parsed.type as never);
      return found;
    },
  }),
);
