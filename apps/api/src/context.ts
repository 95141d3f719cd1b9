import type { Jobs } from '@plumbline/jobs';
import type { PrismaClient, Role } from '@plumbline/prisma';
import type { Storage } from '@plumbline/storage';
import type { Logger } from 'pino';
import type { Changes } from './changes.ts';
import type { SignInGuard } from './http/signInGuard.ts';
import type { Sessions } from './http/session.ts';
import type { UploadShelf } from './http/uploadShelf.ts';
import type { DatasetLoaders } from './modules/datasets/loaders.ts';
import type { TrainingLoaders } from './modules/training/loaders.ts';

/** Who asks: a person in a live session, with their role in each team. Never older than a few seconds. */
export interface Actor {
  readonly userId: string;
  readonly sessionId: string;
  readonly name: string;
  readonly email: string;
  readonly roles: ReadonlyMap<string, Role>;
}

/** What the process has one of. */
export interface Platform {
  readonly db: PrismaClient;
  readonly jobs: Jobs;
  readonly storage: Storage;
  readonly changes: Changes;
  readonly sessions: Sessions;
  readonly signIns: SignInGuard;
  readonly uploads: UploadShelf;
  readonly log: Logger;
}

export interface Loaders extends DatasetLoaders, TrainingLoaders {}

/** What a resolver and a service get: the platform and who asks. */
export interface Context extends Platform {
  /** Null when nobody is signed in. A live subscription renews it. */
  actor: Actor | null;
  readonly loaders: Loaders;
}
