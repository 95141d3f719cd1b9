import { expect, type Page } from '@playwright/test';
import { askApi } from './askApi.ts';

interface Dataset {
  readonly id: string;
  readonly name: string;
}
interface Run {
  readonly id: string;
  readonly state: string;
  readonly variant: { readonly name: string };
  readonly evaluations: readonly { readonly id: string; readonly state: string }[];
}

/** Trains a small autoencoder on the sample's bricks, unless an earlier journey did, and waits for its evaluation. @returns the evaluation's id */
export async function smallModel(page: Page, projectId: string, name = 'small'): Promise<string> {
  const runs = async (): Promise<readonly Run[]> => {
    const { project } = await askApi<{ project: { trainingRuns: { edges: { node: Run }[] } } }>(
      page.request,
      'query ($id: ID!) { project(id: $id) { trainingRuns(first: 50) { edges { node { id state variant { name } evaluations { id state } } } } } }',
      { id: projectId },
    );
    return project.trainingRuns.edges.map(({ node }) => node);
  };
  const own = async (): Promise<Run | undefined> => (await runs()).find(({ variant }) => variant.name === name);
  if (!(await own())) {
    const recipe = { base: 'ae', sets: ['data.trainPatches=64', 'training.epochs=2'] };
    // The sample comes with the platform, a moment after its first start, and is imported image by image.
    await expect(async () => {
      const { project } = await askApi<{ project: { datasets: Dataset[] } }>(
        page.request,
        'query ($id: ID!) { project(id: $id) { datasets { id name } } }',
        { id: projectId },
      );
      const dataset = project.datasets.find((one) => one.name === 'brick');
      expect(dataset).toBeDefined();
      const { startTraining } = await askApi<{ startTraining: { __typename: string; message?: string } }>(
        page.request,
        'mutation ($input: StartTrainingInput!) { startTraining(input: $input) { __typename ... on Problem { message } } }',
        { input: { datasetId: dataset?.id, recipe, seed: 1, variantName: name } },
      );
      expect(startTraining.__typename, startTraining.message).toBe('StartTrainingSuccess');
    }).toPass({ timeout: 120_000 });
  }
  // The sample's own training, which begins by itself after the start, would keep the worker busy.
  for (const { id, state, variant } of await runs())
    if (variant.name !== name && ['queued', 'preparing', 'running'].includes(state))
      await askApi(page.request, `mutation { cancelTraining(id: "${id}") { __typename } }`);
  const evaluation = async () => (await own())?.evaluations[0];
  await expect.poll(async () => (await evaluation())?.state, { timeout: 200_000, intervals: [2000] }).toBe('succeeded');
  return (await evaluation())!.id;
}
