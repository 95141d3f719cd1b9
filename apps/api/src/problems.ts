import type { Identified } from './identified.ts';

/** Expected failures. Services throw them, mutations answer them as data, queries turn NotFound into null. */

export interface FieldIssue {
  /** Dotted path of the input field, '' when it is the input as a whole. */
  readonly path: string;
  readonly message: string;
}

/** What was asked cannot be done with this input; every message is one sentence for a person. */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput';
  readonly issues: readonly FieldIssue[];

  constructor(issues: readonly FieldIssue[]) {
    super(issues.map((issue) => issue.message).join(' '));
    this.issues = issues;
  }

  static at(path: string, message: string): InvalidInput {
    return new InvalidInput([{ path, message }]);
  }
}

/** The person may see the thing, but their role does not allow this. */
export class NotAllowed extends Error {
  override readonly name = 'NotAllowed';
}

const names: Record<Identified, string> = {
  User: 'person',
  Session: 'session',
  Identity: 'identity',
  ApiToken: 'API token',
  Invitation: 'invitation',
  AuditEvent: 'audit event',
  Team: 'team',
  Project: 'project',
  Dataset: 'dataset',
  Image: 'image',
  DatasetVersion: 'dataset version',
  DatasetImport: 'import',
  DatasetEdit: 'change',
  Recipe: 'recipe',
  Variant: 'variant',
  TrainingRun: 'training run',
  RunView: 'saved view',
  Webhook: 'webhook',
  WebhookDelivery: 'delivery',
  Notification: 'notification',
  Checkpoint: 'checkpoint',
  Worker: 'worker',
  Experiment: 'experiment',
  Evaluation: 'evaluation',
  Reconstruction: 'reconstruction',
  Comparison: 'comparison',
  ShareLink: 'link',
  Comment: 'comment',
};

/** No such thing, or one of a team that the person does not belong to: both read the same. */
export class NotFound extends Error {
  override readonly name = 'NotFound';

  constructor(type: Identified) {
    super(`There is no such ${names[type]}; it may have been deleted, or it belongs to a team that you are not a member of.`);
  }
}

/** Nobody is signed in. */
export class SignedOut extends Error {
  override readonly name = 'SignedOut';

  constructor() {
    super('Sign in to continue.');
  }
}

/** The value, or null where it is not found. */
export async function orNull<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof NotFound) return null;
    throw error;
  }
}
