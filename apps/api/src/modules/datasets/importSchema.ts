import { builder } from '../../builder.ts';
import { connectionOf, pageArgs, pageComplexity } from '../../graphql/connections.ts';
import { live } from '../../graphql/live.ts';
import { rowIdOf } from '../../ids.ts';
import { orNull } from '../../problems.ts';
import { listVerdicts, readImport, requireImport } from './importService.ts';
import { DatasetType } from './schema.ts';

const ImportStateType = builder.enumType('ImportState', {
  description: 'How far an import is.',
  values: {
    queued: { description: 'Waits for a worker.' },
    running: { description: 'Files are being read.' },
    succeeded: { description: 'Every file was looked at; some, or all, may have been refused.' },
    failed: { description: 'It could not go on; the reason says why.' },
  },
});

const VerdictType = builder.enumType('Verdict', {
  description: 'What came of a file.',
  values: {
    accepted: { description: 'It is an image of the dataset now.' },
    mask: { description: 'It outlines the defect of an image.' },
    duplicate: { description: 'The same content is in the dataset already.' },
    ignored: { description: 'It is no image, or lies where no image is expected.' },
    refused: { description: 'It cannot be used; the reason says why.' },
  },
});

const ImportVerdictType = builder.prismaObject('ImportVerdict', {
  description: 'What came of one file of an import.',
  fields: (t) => ({
    path: t.exposeString('path', { description: 'Path in the folder or zip.' }),
    verdict: t.expose('verdict', { type: VerdictType, description: 'What came of it.' }),
    reason: t.exposeString('reason', { nullable: true, description: 'One sentence when it was not accepted.' }),
  }),
});

const VerdictsConnection = connectionOf('DatasetImportVerdictsConnection', ImportVerdictType, 'files with their verdicts');

export const DatasetImportType = builder.prismaNode('DatasetImport', {
  id: { field: 'id' },
  // Only what is asked for: its list of files may be megabytes.
  select: { id: true },
  description: 'One upload being read into a dataset.',
  fields: (t) => ({
    state: t.expose('state', { type: ImportStateType, description: 'How far it is.' }),
    source: t.exposeString('source', { description: "What was uploaded: a file's name, or how many files." }),
    total: t.exposeInt('total', { description: 'How many files there are; 0 until that is known, for a zip until it has been read.' }),
    done: t.exposeInt('done', { description: 'How many files were looked at.' }),
    accepted: t.exposeInt('accepted', { description: 'How many became images or masks.' }),
    refused: t.exposeInt('refused', { description: 'How many cannot be used.' }),
    duplicates: t.int({
      description: 'How many were in the dataset already.',
      resolve: async ({ id }, _args, { loaders }) => (await loaders.importVerdicts.load(id)).duplicate,
    }),
    ignored: t.int({
      description: 'How many are no images and were left out.',
      resolve: async ({ id }, _args, { loaders }) => (await loaders.importVerdicts.load(id)).ignored,
    }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why it failed or took nothing in; null otherwise.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was asked for.' }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true, description: 'When it ended; null before.' }),
    verdicts: t.field({
      type: VerdictsConnection,
      description: 'What came of each file, by path.',
      complexity: pageComplexity,
      args: {
        first: t.arg.int({ description: pageArgs.first }),
        after: t.arg.string({ description: pageArgs.after }),
        verdict: t.arg({ type: [VerdictType], description: 'Only files with one of these verdicts.' }),
      },
      resolve: (row, args, context) => listVerdicts(context, row, args),
    }),
  }),
});

builder.prismaObjectField(DatasetType, 'imports', (t) =>
  t.relation('imports', {
    description: 'Its imports, newest first.',
    args: { first: t.arg.int({ description: 'How many; 20 when left out, 100 at most.' }) },
    query: ({ first }) => ({ orderBy: { createdAt: 'desc' }, take: Math.min(Math.max(first ?? 20, 0), 100) }),
  }),
);

builder.subscriptionField('importChanged', (t) =>
  t.field({
    type: DatasetImportType,
    description: 'The import as it is, at once and whenever it changes.',
    args: { id: t.arg.id({ required: true, description: 'Id of the import.' }) },
    subscribe: async (_root, { id }, context) => {
      await requireImport(context, id);
      const rowId = rowIdOf('DatasetImport', id);
      return live(context, {
        concerns: (change) => change.kind === 'import' && change.id === rowId,
        allowed: async () => (await orNull(requireImport(context, id))) !== null,
        read: async () => [await readImport(context, id)],
      });
    },
    resolve: (row) => row,
  }),
);
