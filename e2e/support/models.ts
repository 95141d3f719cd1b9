import { expect, type APIRequestContext } from '@playwright/test';
import { askApi } from './askApi.ts';
import { quietSample } from './sampleProject.ts';
import { smallDataset } from './smallDataset.ts';

const small = ['data.trainPatches=64', 'training.epochs=2'];

interface Variant {
  readonly recipe: { readonly base: string; readonly sets: readonly string[] };
  /** @returns the id of what it is trained on */
  readonly dataset: (request: APIRequestContext, projectId: string) => Promise<string>;
}

/** The models that journeys share, by the name of the variant. */
const variants = {
  plain: { recipe: { base: 'sample/ae', sets: small }, dataset: smallDataset },
  /** Turns patches at random and back. */
  turned: { recipe: { base: 'sample/ae', sets: [...small, 'regime.kind=sampler-only'] }, dataset: smallDataset },
  /** Turns patches by what it finds, so that each has an angle and a curve. */
  searched: { recipe: { base: 'sample/ae', sets: [...small, 'regime.kind=search'] }, dataset: smallDataset },
  /** A recipe of the product, which makes images larger; trained on all of the sample's brick. */
  product: { recipe: { base: 'ae', sets: small }, dataset: brickDataset },
} as const satisfies Record<string, Variant>;

interface Model {
  readonly variant: keyof typeof variants;
  readonly seed: number;
}

interface Run {
  readonly id: string;
  readonly seed: number;
  readonly state: string;
  readonly reason: string | null;
  readonly variant: { readonly name: string };
  readonly evaluations: readonly { readonly id: string; readonly state: string }[];
}

/**
 * Trains those of the models that no earlier journey trained, and waits until all are evaluated. For who is signed in.
 * @returns the evaluations' ids, in the order of the models
 */
export async function evaluatedModels(request: APIRequestContext, models: readonly Model[]): Promise<string[]> {
  const projectId = await quietSample(request);
  const runs = async (): Promise<(Run | undefined)[]> => {
    const { project } = await askApi<{ project: { trainingRuns: { edges: { node: Run }[] } } }>(
      request,
      `query ($id: ID!) { project(id: $id) { trainingRuns(first: 100) {
        edges { node { id seed state reason variant { name } evaluations { id state } } }
      } } }`,
      { id: projectId },
    );
    const all = project.trainingRuns.edges.map(({ node }) => node);
    return models.map(({ variant, seed }) => all.find((run) => run.variant.name === variant && run.seed === seed));
  };
  const missing = (await runs()).flatMap((run, at) => (run ? [] : [models[at]!]));
  for (const model of missing) await train(request, projectId, model);
  const states = async (): Promise<(string | undefined)[]> => {
    const found = await runs();
    for (const run of found) if (run?.state === 'failed') throw new Error(`${run.variant.name}, seed ${run.seed}: ${run.reason}`);
    return found.map((run) => run?.evaluations[0]?.state);
  };
  await expect.poll(states, { timeout: 400_000, intervals: [500] }).toEqual(models.map(() => 'succeeded'));
  return (await runs()).map((run) => run!.evaluations[0]!.id);
}

/** All of the sample's brick, which is there when the sample's own training has been queued. */
async function brickDataset(request: APIRequestContext, projectId: string): Promise<string> {
  const query = 'query ($id: ID!) { project(id: $id) { datasets { id name } } }';
  const { project } = await askApi<{ project: { datasets: { id: string; name: string }[] } }>(request, query, { id: projectId });
  return project.datasets.find(({ name }) => name === 'brick')!.id;
}

async function train(request: APIRequestContext, projectId: string, { variant, seed }: Model): Promise<void> {
  const { recipe, dataset } = variants[variant];
  const datasetId = await dataset(request, projectId);
  const { startTraining } = await askApi<{ startTraining: { __typename: string; message?: string } }>(
    request,
    'mutation ($input: StartTrainingInput!) { startTraining(input: $input) { __typename ... on Problem { message } } }',
    { input: { datasetId, seed, variantName: variant, recipe } },
  );
  expect(startTraining.__typename, startTraining.message).toBe('StartTrainingSuccess');
}
