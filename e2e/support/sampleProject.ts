import { expect, type APIRequestContext } from '@playwright/test';
import { askApi } from './askApi.ts';

interface Run {
  readonly id: string;
  readonly state: string;
  readonly variant: { readonly name: string };
}
interface Project {
  readonly id: string;
  readonly sample: boolean;
  readonly trainingRuns: { readonly edges: readonly { readonly node: Run }[] };
}

/** The sample project's id, for who is signed in, whatever other projects journeys made. */
export async function sampleProject(request: APIRequestContext): Promise<string> {
  const query = '{ me { teams { team { projects { id sample } } } } }';
  const { me } = await askApi<{ me: { teams: { team: { projects: Pick<Project, 'id' | 'sample'>[] } }[] } }>(request, query);
  const found = me.teams.flatMap(({ team }) => team.projects).find(({ sample }) => sample);
  if (!found) throw new Error('There is no sample project.');
  return found.id;
}

/**
 * Waits until the sample's own training, which begins by itself once its images are there and would keep the worker busy, has ended; cancels it where
 * no journey before this one did. @returns the sample project's id
 */
export async function quietSample(request: APIRequestContext): Promise<string> {
  const id = await sampleProject(request);
  const own = async (): Promise<string[]> => {
    const { project } = await askApi<{ project: Project }>(
      request,
      'query ($id: ID!) { project(id: $id) { trainingRuns(first: 100) { edges { node { id state variant { name } } } } } }',
      { id },
    );
    const runs = project.trainingRuns.edges.map(({ node }) => node).filter(({ variant }) => variant.name === 'sample/ae');
    for (const run of runs)
      if (['queued', 'preparing', 'running'].includes(run.state))
        await askApi(request, 'mutation ($id: ID!) { cancelTraining(id: $id) { __typename } }', { id: run.id });
    return runs.map(({ state }) => state);
  };
  await expect.poll(own, { timeout: 120_000 }).toEqual([expect.stringMatching(/^(cancelled|succeeded)$/)]);
  return id;
}
