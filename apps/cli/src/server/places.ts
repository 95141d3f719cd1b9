import { z } from 'zod';
import { UsageError } from '../failure.ts';
import { done, REFUSED, refusedToken, type Server } from './connection.ts';

const named = z.object({ id: z.string(), name: z.string() });
export type Named = z.infer<typeof named>;

const meSchema = z.object({
  me: z.object({ teams: z.array(z.object({ team: named.extend({ projects: z.array(named) }) })) }).nullable(),
});
const projectSchema = z.object({ project: named.extend({ datasets: z.array(named) }).nullable() });

/** The one that is called so, or has this id. */
const find = (among: readonly Named[], asked: string): Named | undefined => among.find(({ id, name }) => id === asked || name === asked);

const list = (among: readonly Named[]): string => among.map(({ name }) => name).join(', ');

/** The project that is meant: by name or id, or the only one there is. @throws UsageError */
export async function projectOn(server: Server, asked: string | undefined): Promise<Named> {
  const { me } = await server.ask(meSchema, '{ me { teams { team { id name projects { id name } } } } }');
  if (!me) throw refusedToken(server.url);
  const projects = me.teams.flatMap(({ team }) => team.projects);
  if (projects.length === 0) throw new UsageError('The team of this API token has no project yet; make one in the browser.');
  if (asked === undefined) {
    const [only, another] = projects;
    if (only && !another) return only;
    throw new UsageError(`Say which project is meant with --project: ${list(projects)}.`);
  }
  const found = find(projects, asked);
  if (!found) throw new UsageError(`--project ${asked}: there is no such project; there is ${list(projects)}.`);
  return found;
}

async function datasetsOf(server: Server, project: Named): Promise<Named[]> {
  const query = 'query Datasets($id: ID!) { project(id: $id) { id name datasets { id name } } }';
  return (await server.ask(projectSchema, query, { id: project.id })).project?.datasets ?? [];
}

/** A dataset by name or id. @throws UsageError */
export async function datasetOn(server: Server, project: Named, asked: string): Promise<Named> {
  const datasets = await datasetsOf(server, project);
  const found = find(datasets, asked);
  if (found) return found;
  const there = datasets.length > 0 ? `there is ${list(datasets)}` : 'there is none yet, plumbline import makes one';
  throw new UsageError(`--dataset ${asked}: ${project.name} has no such dataset; ${there}.`);
}

const madeSchema = z.object({ dataset: named });

/** A dataset by name or id, made where there is none of the name. @throws UsageError */
export async function datasetFor(server: Server, project: Named, asked: string): Promise<Named & { readonly made: boolean }> {
  const found = find(await datasetsOf(server, project), asked);
  if (found) return { ...found, made: false };
  if (/^dst_/.test(asked)) throw new UsageError(`--dataset ${asked}: ${project.name} has no such dataset.`);
  const mutation = `mutation Make($input: CreateDatasetInput!) {
    createDataset(input: $input) { __typename ... on CreateDatasetSuccess { dataset { id name } } ${REFUSED} }
  }`;
  const result = await server.ask(z.object({ createDataset: z.unknown() }), mutation, {
    input: { projectId: project.id, name: asked },
  });
  return { ...done(madeSchema, result.createDataset).dataset, made: true };
}
