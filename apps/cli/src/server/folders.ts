import { z } from 'zod';
import { ServerError, UsageError } from '../failure.ts';
import type { Server } from './connection.ts';
import type { RemoteFile } from './downloads.ts';

export interface RemoteFolder {
  readonly kind: 'evaluation' | 'run';
  readonly files: readonly RemoteFile[];
  /** The file without which the folder is not whole. */
  readonly last: string;
}

const listSchema = z.object({
  files: z.array(z.object({ path: z.string(), url: z.string(), bytes: z.number(), sha256: z.string().nullable() })),
});
const problemSchema = z.object({ errors: z.array(z.object({ message: z.string() })).min(1) });

const checkpointSchema = z.object({
  files: z.array(z.object({ name: z.string(), url: z.string(), bytes: z.number(), sha256: z.string() })),
});
const nodeSchema = z.object({
  node: z
    .union([
      checkpointSchema.transform((checkpoint) => [checkpoint]),
      z.object({ checkpoints: z.array(checkpointSchema) }).transform((run) => run.checkpoints),
    ])
    .nullable(),
});

/**
 * The files of an evaluation (as `plumbline evaluate` writes them), or of a run or checkpoint (as `plumbline train` does).
 * @param maps `ssim`, `mse`, `ssim,mse` or `none`
 * @throws UsageError
 */
export async function folderOn(server: Server, id: string, maps: string): Promise<RemoteFolder> {
  if (id.startsWith('evl_')) return evaluationOn(server, id, maps);
  if (id.startsWith('run_') || id.startsWith('chk_')) return runOn(server, id);
  throw new UsageError(
    `${id} is the id of nothing that can be downloaded; give that of an evaluation (evl_…), a run (run_…) or a checkpoint (chk_…).`,
  );
}

async function evaluationOn(server: Server, id: string, maps: string): Promise<RemoteFolder> {
  const answer = await server.fetch(`/files/evaluations/${encodeURIComponent(id)}/files.json?maps=${encodeURIComponent(maps)}`);
  const body: unknown = await answer.json().catch(() => null);
  if (answer.status === 404)
    throw new UsageError(`${id}: there is no such evaluation on ${server.url}, or this API token does not reach it.`);
  const problem = problemSchema.safeParse(body);
  if (!answer.ok && problem.success) throw new UsageError(problem.data.errors[0]?.message ?? '');
  const list = listSchema.safeParse(body);
  if (!list.success)
    throw new ServerError(`${server.url} does not tell the files of ${id} (${answer.status}); use the plumbline of its version.`);
  return { kind: 'evaluation', files: list.data.files, last: 'metrics.json' };
}

async function runOn(server: Server, id: string): Promise<RemoteFolder> {
  const query = `query Files($id: ID!) {
    node(id: $id) {
      ... on Checkpoint { files { name url bytes sha256 } }
      ... on TrainingRun { checkpoints { files { name url bytes sha256 } } }
    }
  }`;
  const { node: checkpoints } = await server.ask(nodeSchema, query, { id });
  if (!checkpoints)
    throw new UsageError(`${id}: there is no such run or checkpoint on ${server.url}, or this API token does not reach it.`);
  // Both have the manifest of the run; the latest is the whole one.
  const files = new Map(
    checkpoints.flatMap(({ files: some }) => some.map(({ name, ...file }) => [name, { path: name, ...file }] as const)),
  );
  if (files.size === 0) throw new UsageError(`${id} has no checkpoint yet; let it train for at least one epoch.`);
  return { kind: 'run', files: [...files.values()], last: 'manifest.json' };
}
