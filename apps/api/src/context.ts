import type { Jobs } from '@plumbline/jobs';
import type { PrismaClient } from '@plumbline/prisma';
import type { Storage } from '@plumbline/storage';
import type { Logger } from 'pino';
import type { Actor } from './actor.ts';
import type { Changes } from './changes.ts';
import type { FileLinks } from './http/fileLinks.ts';
import type { ShareGuard } from './http/shareGuard.ts';
import type { SignInGuard } from './http/signInGuard.ts';
import type { Sessions } from './http/session.ts';
import type { UploadShelf } from './http/uploadShelf.ts';
import type { DashboardLoaders } from './modules/dashboards/loaders.ts';
import type { InvitationTickets } from './modules/accounts/invitationTickets.ts';
import type { JoinRule } from './modules/accounts/joinRule.ts';
import type { DatasetLoaders } from './modules/datasets/loaders.ts';
import type { EvaluationLoaders } from './modules/evaluations/loaders.ts';
import type { ExperimentLoaders } from './modules/experiments/loaders.ts';
import type { TrainingLoaders } from './modules/training/loaders.ts';

/** What the process has one of. */
export interface Platform {
  readonly db: PrismaClient;
  readonly jobs: Jobs;
  readonly storage: Storage;
  readonly changes: Changes;
  readonly sessions: Sessions;
  readonly signIns: SignInGuard;
  readonly shares: ShareGuard;
  readonly uploads: UploadShelf;
  readonly links: FileLinks;
  readonly tickets: InvitationTickets;
  /** Who may have an account by a verified e-mail alone. */
  readonly mayJoin: JoinRule;
  readonly log: Logger;
  /** The address people type. */
  readonly publicUrl: URL;
}

export interface Loaders extends DashboardLoaders, DatasetLoaders, EvaluationLoaders, TrainingLoaders, ExperimentLoaders {}

/** What a resolver and a service get: the platform and who asks. */
export interface Context extends Platform {
  /** Null when nobody is signed in. A live subscription renews it. */
  actor: Actor | null;
  readonly loaders: Loaders;
}
