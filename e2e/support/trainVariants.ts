import { expect, type Page } from '@playwright/test';
import { askApi } from './askApi.ts';

/** A recipe of the catalogue under a name of its own. */
export interface WantedVariant {
  readonly name: string;
  readonly base: string;
  readonly sets?: readonly string[];
}

interface SampleProject {
  readonly id: string;
  readonly datasets: readonly { id: string; name: string }[];
  readonly trainingRuns: { readonly edges: readonly { node: Run }[] };
}

interface Run {
  readonly id: string;
  readonly state: string;
  readonly variant: { readonly name: string };
  readonly evaluations: readonly { readonly id: string; readonly state: string }[];
}

/** The sample project, whose own trainings are cancelled: they would keep the worker busy. */
async function quietSample(page: Page): Promise<SampleProject> {
  const query = `{ me { teams { team { projects { id sample datasets { id name } trainingRuns { edges { node { id state variant { name } evaluations { id state } } } } } } } } }`;
  const read = async (): Promise<SampleProject | undefined> => {
    const { me } = await askApi<{ me: { teams: { team: { projects: (SampleProject & { sample: boolean })[] } }[] } }>(page.request, query);
    return me.teams.flatMap(({ team }) => team.projects).find(({ sample }) => sample);
  };
  await expect.poll(async () => (await read())?.datasets.some(({ name }) => name === 'brick') ?? false, { timeout: 120_000 }).toBe(true);
  await expect
    .poll(
      async () => {
        const runs = (await read())?.trainingRuns.edges.map(({ node }) => node) ?? [];
        const busy = runs.filter(({ state }) => ['queued', 'preparing', 'running', 'paused'].includes(state));
        for (const { id } of busy) await askApi(page.request, `mutation ($id: ID!) { cancelTraining(id: $id) { __typename } }`, { id });
        return runs.length > 0 && busy.length === 0;
      },
      { timeout: 120_000, intervals: [2_000] },
    )
    .toBe(true);
  const project = await read();
  if (!project) throw new Error('There is no sample project.');
  return project;
}

/**
 * Trains variants on the sample's brick, one epoch of a few patches each, and waits until all are evaluated. One that a run before this one made is
 * taken as it is.
 * @returns the project's id and the evaluations' ids, in the order of the variants
 */
export async function trainVariants(page: Page, variants: readonly WantedVariant[]): Promise<{ project: string; evaluations: string[] }> {
  const project = await quietSample(page);
  const datasetId = project.datasets.find(({ name }) => name === 'brick')?.id;
  const runs: string[] = [];
  for (const { name, base, sets = [] } of variants) {
    const made = project.trainingRuns.edges.find(({ node }) => node.variant.name === name && node.state === 'succeeded');
    if (made) {
      runs.push(made.node.id);
      continue;
    }
    const input = { datasetId, seed: 1, variantName: name, epochs: 1, recipe: { base, sets: ['data.trainPatches=96', ...sets] } };
    const { startTraining } = await askApi<{ startTraining: { trainingRun?: { id: string }; message?: string } }>(
      page.request,
      `mutation ($input: StartTrainingInput!) {
        startTraining(input: $input) { ... on StartTrainingSuccess { trainingRun { id } } ... on Problem { message } }
      }`,
      { input },
    );
    expect(startTraining.message).toBeUndefined();
    runs.push(startTraining.trainingRun?.id ?? '');
  }
  const evaluations: string[] = [];
  for (const id of runs) {
    const read = async (): Promise<string> => {
      const { trainingRun } = await askApi<{
        trainingRun: { state: string; reason: string | null; evaluations: { id: string; state: string }[] };
      }>(page.request, `query ($id: ID!) { trainingRun(id: $id) { state reason evaluations { id state } } }`, { id });
      const [evaluation] = trainingRun.evaluations;
      if (evaluation?.state === 'succeeded') evaluations.push(evaluation.id);
      return evaluation?.state ?? `${trainingRun.state} ${trainingRun.reason ?? ''}`;
    };
    await expect.poll(read, { timeout: 180_000, intervals: [1_000] }).toBe('succeeded');
  }
  return { project: project.id, evaluations };
}
