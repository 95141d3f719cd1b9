import { z } from 'zod';
import type { Progress } from '../progress.ts';
import type { ChosenFile } from './chosen-files.ts';
import { done, REFUSED, type Server } from './connection.ts';
import { UploadMemory } from './upload-memory.ts';
import { uploadAll } from './uploads.ts';

const answerSchema = z.object({ startImport: z.looseObject({ __typename: z.string() }) });
const startedSchema = z.object({ import: z.object({ id: z.string() }) });
const invalidSchema = z.object({ __typename: z.literal('InvalidInput'), issues: z.array(z.object({ path: z.string() })) });

const mutation = `mutation Import($input: StartImportInput!) {
  startImport(input: $input) {
    __typename
    ... on StartImportSuccess { import { id } }
    ... on InvalidInput { issues { path } }
    ${REFUSED}
  }
}`;

/**
 * Sends what has not arrived yet and lets the server read it.
 * @returns id of the import
 * @throws ServerError, UsageError
 */
export async function sendImport(
  server: Server,
  datasetId: string,
  files: readonly ChosenFile[],
  signal: AbortSignal,
  progress: Progress,
): Promise<string> {
  const memory = new UploadMemory(server.url, datasetId);
  const all = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const known = files.filter((file) => memory.of(file)?.whole).length;
  if (known > 0) progress.line(`${known} of ${files.length} files have arrived before`);
  const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
  for (let again = false; ; again = true) {
    const ids = await uploadAll(server, files, memory, signal, (sent) =>
      progress.update('Sending', sent.files, files.length, null, `${mebibytes(sent.bytes)} of ${mebibytes(all)}`),
    );
    const input = {
      datasetId,
      files: files.map(({ path, place }, at) => ({ path, uploadId: ids[at], ...(place ? { place } : {}) })),
    };
    const { startImport } = await server.ask(answerSchema, mutation, { input }, signal);
    const invalid = invalidSchema.safeParse(startImport);
    // The server keeps uploads for a few days only, and takes those of an import that it has begun.
    const lost = invalid.success && invalid.data.issues.some(({ path }) => /^files\.\d+\.uploadId$/.test(path));
    if (!lost || again) {
      const { id } = done(startedSchema, startImport).import;
      memory.forgetAll(files);
      return id;
    }
    progress.line('what arrived before is no longer there; everything is sent again');
    memory.forgetAll(files);
  }
}

const verdictsSchema = z.object({
  node: z.object({
    verdicts: z.object({
      edges: z.array(z.object({ node: z.object({ path: z.string(), reason: z.string().nullable() }) })),
      pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
    }),
  }),
});

/** The files that an import refused, each with its reason. */
export async function refusedFiles(
  server: Server,
  importId: string,
  signal: AbortSignal,
): Promise<{ path: string; reason: string | null }[]> {
  const query = `query Refused($id: ID!, $after: String) {
    node(id: $id) {
      ... on DatasetImport {
        verdicts(first: 100, after: $after, verdict: [refused]) { edges { node { path reason } } pageInfo { hasNextPage endCursor } }
      }
    }
  }`;
  const found = [];
  let after: string | null = null;
  do {
    const page: z.infer<typeof verdictsSchema> = await server.askPatiently(verdictsSchema, query, { id: importId, after }, signal);
    const { edges, pageInfo } = page.node.verdicts;
    found.push(...edges.map(({ node }) => node));
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  return found;
}
