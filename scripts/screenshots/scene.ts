import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, BrowserContext } from '@playwright/test';
import sharp from 'sharp';
import { Explained } from '../setup/console.mjs';
import { asking, colleague, signIn, type Ask } from './people.ts';
import type { SignedIn } from './photograph.ts';

/** What there is to be photographed in the sample project, by ids. */
export interface Scene {
  readonly team: string;
  readonly project: string;
  readonly dataset: string;
  readonly run: string;
  readonly evaluation: string;
  readonly experiment: string;
  /** Evaluations of the experiment's variants at its first seed, in their order. */
  readonly variants: readonly string[];
  readonly comparison: string;
  /** A defective image that the sample's model finds, and one with a comment. */
  readonly defect: Measured;
  /** Secrets of links. */
  readonly shareLink: string;
  readonly invitation: string;
}

interface Measured {
  readonly id: string;
  readonly label: string;
  readonly image: { readonly id: string; readonly maskUrl: string | null };
}
interface Node<T> {
  readonly edges: readonly { readonly node: T }[];
}
interface Project {
  readonly id: string;
  readonly sample: boolean;
  readonly datasets: readonly { readonly id: string; readonly name: string }[];
  readonly trainingRuns: Node<{
    readonly id: string;
    readonly variant: { readonly name: string };
    readonly evaluations: readonly Evaluation[];
  }>;
  readonly comparableEvaluations: readonly Comparable[];
  readonly comparisons: Node<{ readonly id: string }>;
  readonly comments: Node<{ readonly id: string }>;
}
interface Evaluation {
  readonly id: string;
  readonly state: string;
}
interface Comparable {
  readonly id: string;
  readonly experimentId: string | null;
  readonly variantName: string;
  readonly seed: number;
}

const sampleVariant = 'sample/ae';
const experimentName = 'Does turning help?';
const seeds = [1, 2];
/** A part of what the sample's recipes cost; the pictures show the pages, and need no good model. */
const quick = ['data.trainPatches=1200', 'training.epochs=4', 'orientation.patches=800', 'orientation.training.epochs=8'];
const variants = [
  { name: 'as it lies', recipe: { base: 'sample/ae', sets: quick } },
  { name: 'turned upright', recipe: { base: 'sample/stn-frozen', sets: quick } },
];

async function look(ask: Ask): Promise<{ team: string; project: Project }> {
  const query = `{ me { teams { team { id projects { id sample datasets { id name }
    trainingRuns(first: 50) { edges { node { id variant { name } evaluations { id state } } } }
    comparableEvaluations { id experimentId variantName seed }
    comparisons(first: 1) { edges { node { id } } } comments(first: 1) { edges { node { id } } } } } } } }`;
  const { me } = await ask<{ me: { teams: { team: { id: string; projects: Project[] } }[] } }>(query);
  const team = me.teams.map((membership) => membership.team).find(({ projects }) => projects.some(({ sample }) => sample));
  const project = team?.projects.find(({ sample }) => sample);
  if (!team || !project) throw new Explained('There is no sample project.');
  return { team: team.id, project };
}

/** Asks again until it has an answer. */
async function wait<T>(minutes: number, what: string, read: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + minutes * 60_000;
  for (;;) {
    const answer = await read();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Explained(`${what} was not there after ${minutes} minutes.`);
    await sleep(1_000);
  }
}

/** The mutation's answer; @throws Explained with the platform's sentence where it says no */
async function change<Answer>(ask: Ask, name: string, input: string, fields: string, variables: object): Promise<Answer> {
  const { [name]: answer } = await ask<Record<string, Answer & { message?: string }>>(
    `mutation ($input: ${input}!) { ${name}(input: $input) { ${fields} ... on Problem { message } } }`,
    { input: variables },
  );
  if (!answer || answer.message !== undefined) throw new Explained(`${name}: ${answer?.message ?? 'no answer'}`);
  return answer;
}

/**
 * Waits for the sample's first model, has a small experiment trained and evaluated beside it, and leaves a comparison, a conversation and links, as a
 * team would. What an earlier call made is taken as it is.
 */
export async function makeScene(browser: Browser, address: string, as: SignedIn): Promise<Scene> {
  const context = await browser.newContext({ baseURL: address, storageState: as });
  try {
    const ask = asking(context.request, address);
    const { team, dataset } = await wait(5, 'The sample dataset', async () => {
      const { team, project } = await look(ask);
      const dataset = project.trainingRuns.edges.length > 0 && project.datasets.find(({ name }) => name === 'brick');
      return dataset ? { team, dataset: dataset.id } : undefined;
    });
    const projectId = (await look(ask)).project.id;
    const experiment = await change<{ experiment: { id: string } }>(
      ask,
      'createExperiment',
      'CreateExperimentInput',
      '... on CreateExperimentSuccess { experiment { id } }',
      { projectId, name: experimentName, clientKey: 'the experiment of the pictures', seeds, datasetIds: [dataset], variants },
    ).then((answer) => answer.experiment.id);
    const { project, run, evaluation } = await wait(30, 'The evaluation of every run', async () => {
      const { project } = await look(ask);
      const run = project.trainingRuns.edges.map(({ node }) => node).find(({ variant }) => variant.name === sampleVariant);
      const evaluation = run?.evaluations.find(({ state }) => state === 'succeeded');
      const own = project.comparableEvaluations.filter(({ experimentId }) => experimentId === experiment);
      return run && evaluation && own.length === variants.length * seeds.length
        ? { project, run: run.id, evaluation: evaluation.id }
        : undefined;
    });
    const own = project.comparableEvaluations.filter(({ experimentId }) => experimentId === experiment);
    const atFirstSeed = variants.map(({ name }) => own.find(({ variantName, seed }) => variantName === name && seed === seeds[0])!.id);
    const defect = await findDefect(ask, evaluation);
    const comparison =
      project.comparisons.edges[0]?.node.id ??
      (
        await change<{ comparison: { id: string } }>(
          ask,
          'saveComparison',
          'SaveComparisonInput',
          '... on SaveComparisonSuccess { comparison { id } }',
          { projectId, name: 'Turning on brick', evaluationIds: own.map(({ id }) => id), view: {} },
        )
      ).comparison.id;
    if (project.comments.edges.length === 0)
      await talk(browser, address, ask, team, evaluation, defect, await placeOf(context, address, defect));
    const { secret: shareLink } = await change<{ secret: string }>(
      ask,
      'createShareLink',
      'CreateShareLinkInput',
      '... on CreateShareLinkSuccess { secret }',
      { comparisonId: comparison, days: 30 },
    );
    const ids = { team, project: projectId, dataset, run, evaluation, experiment, variants: atFirstSeed, comparison, defect };
    return { ...ids, shareLink, invitation: await invite(ask, team) };
  } finally {
    await context.close();
  }
}

/** The defective image with the highest score. */
async function findDefect(ask: Ask, evaluation: string): Promise<Measured> {
  interface Scored extends Measured {
    readonly residualMaps: readonly { readonly measure: string; readonly score: number }[];
  }
  const answer = await ask<{ evaluation: { reconstructions: Node<Scored> } }>(
    `query ($id: ID!) { evaluation(id: $id) { reconstructions(first: 500) { edges { node { id label image { id maskUrl } residualMaps { measure score } } } } } }`,
    { id: evaluation },
  );
  const scoreOf = ({ residualMaps }: Scored): number => residualMaps.find(({ measure }) => measure === 'ssim')?.score ?? 0;
  const [found] = answer.evaluation.reconstructions.edges
    .map(({ node }) => node)
    .filter(({ label, image }) => label !== 'good' && image.maskUrl !== null)
    .sort((a, b) => scoreOf(b) - scoreOf(a));
  if (!found) throw new Explained('The sample has no defective image.');
  return found;
}

/** A place on an image, as shares of its width and height. */
type Region = Readonly<Record<'x' | 'y' | 'width' | 'height', number>>;

/** Where the defect is, by its mask. */
async function placeOf(context: BrowserContext, address: string, { image }: Measured): Promise<Region> {
  const file = await context.request.get(`${address}${image.maskUrl}`);
  const mask = sharp(await file.body());
  const { width, height } = await mask.metadata();
  const { info } = await mask.trim().toBuffer({ resolveWithObject: true });
  return {
    x: -(info.trimOffsetLeft ?? 0) / width,
    y: -(info.trimOffsetTop ?? 0) / height,
    width: info.width / width,
    height: info.height / height,
  };
}

async function invite(ask: Ask, teamId: string): Promise<string> {
  const fields = '... on CreateInvitationSuccess { secret }';
  const input = { teamId, role: 'engineer', days: 1 };
  return (await change<{ secret: string }>(ask, 'createInvitation', 'CreateInvitationInput', fields, input)).secret;
}

/** The owner asks a colleague, who joins for it, about a place on the image, and is answered. */
async function talk(
  browser: Browser,
  address: string,
  ask: Ask,
  team: string,
  evaluation: string,
  defect: Measured,
  region: Region,
): Promise<void> {
  await change(ask, 'createAccount', 'CreateAccountInput', '__typename', { ...colleague, secret: await invite(ask, team) });
  const context = await browser.newContext({ baseURL: address, storageState: await signIn(browser, address, colleague) });
  const answering = asking(context.request, address);
  const { me } = await answering<{ me: { id: string } }>('{ me { id } }');
  const comment = (by: Ask, input: object) =>
    change<{ comment: { id: string } }>(by, 'addComment', 'AddCommentInput', '... on AddCommentSuccess { comment { id } }', input);
  const { comment: first } = await comment(ask, {
    body: `Is this the tool or the light, @${colleague.name}?`,
    mentions: [me.id],
    evaluationId: evaluation,
    reconstructionId: defect.id,
    region,
    view: `image=${defect.image.id}`,
  });
  await comment(answering, { body: 'The tool. It was changed on Monday, and the next batch is clean.', parentId: first.id });
  await context.close();
}
