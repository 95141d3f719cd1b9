/** The GraphQL schema. Modules add to the builder as they are imported, upstream ones first: a downstream module extends upstream types. */
import './graphql/scalars.ts';
import './graphql/results.ts';
import './modules/accounts/schema.ts';
import './modules/accounts/tokenSchema.ts';
import './modules/accounts/teamSchema.ts';
import './modules/accounts/invitationSchema.ts';
import './modules/audit/schema.ts';
import './modules/projects/schema.ts';
import './modules/datasets/schema.ts';
import './modules/datasets/importSchema.ts';
import './modules/datasets/mutations.ts';
import './modules/datasets/maskMutation.ts';
import './modules/datasets/versionSchema.ts';
import './modules/recipes/schema.ts';
import './modules/recipes/variantMutations.ts';
import './modules/training/schema.ts';
import './modules/training/mutations.ts';
import './modules/training/usage.ts';
import './modules/training/liveSchema.ts';
import './modules/evaluations/schema.ts';
import './modules/experiments/schema.ts';
import './modules/experiments/mutations.ts';
import './modules/experiments/liveSchema.ts';
import './modules/activity/schema.ts';
import './graphql/node.ts';
import { builder } from './builder.ts';

export const schema = builder.toSchema();
