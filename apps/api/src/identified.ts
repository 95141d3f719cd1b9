/** Prefix of each type's public id. Every Node type has one. */
export const prefixes = {
  User: 'usr',
  Session: 'ses',
  ApiToken: 'tok',
  Invitation: 'inv',
  AuditEvent: 'aud',
  Team: 'team',
  Project: 'prj',
  Dataset: 'dst',
  Image: 'img',
  DatasetVersion: 'dsv',
  DatasetImport: 'imp',
  DatasetEdit: 'edt',
  Recipe: 'rcp',
  Variant: 'var',
  TrainingRun: 'run',
  Checkpoint: 'chk',
  Worker: 'wrk',
  Experiment: 'exp',
  Evaluation: 'evl',
  Reconstruction: 'rec',
  Comment: 'cmt',
} as const;

export type Identified = keyof typeof prefixes;
