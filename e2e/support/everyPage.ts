import { readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { askApi } from './askApi.ts';
import { evaluatedModels } from './models.ts';
import { sampleProject } from './sampleProject.ts';
import { sendSignIn } from './signIn.ts';
import { smallDataset } from './smallDataset.ts';
import { expect, platform } from './test.ts';

const routes = fileURLToPath(new URL('../../apps/web/src/app', import.meta.url));

/** Every page of the product as the file system has it: `/projects/[projectId]/runs`. Groups such as `(signed-in)` stand in no address. */
export function everyRoute(): string[] {
  return readdirSync(routes, { recursive: true, encoding: 'utf8' })
    .filter((path) => /(^|\/)page\.tsx$/.test(path))
    .map((path) => dirname(relative(routes, join(routes, path))))
    .map(
      (path) =>
        `/${path
          .split('/')
          .filter((part) => part !== '.' && !/^\(.*\)$/.test(part))
          .join('/')}`,
    )
    .sort();
}

/** What stands for each parameter of a route, and a few secrets and choices that pages read from behind it. */
export type Filling = Readonly<Record<string, string>>;

/** What a page needs behind its path to show what it is for; the names in brackets are filled as those of the path. */
const behind: Readonly<Record<string, string>> = {
  '/join': '#[invitation]',
  '/shared': '#[link]',
  '/projects/[projectId]/compare/images': '?evaluations=[evaluationId],[secondEvaluationId]',
  '/projects/[projectId]/compare/view': '?evaluations=[evaluationId],[secondEvaluationId]',
  '/projects/[projectId]/datasets/[datasetId]/mask': '?image=[imageId]',
  '/projects/[projectId]/recipes/differences': '?a=ae&b=paper%2Fstn-frozen',
};

/** The address of a route. @throws where a parameter has no value: a new page names it here */
export function addressOf(route: string, filling: Filling): string {
  return (route + (behind[route] ?? '')).replace(/\[([^\]]+)\]/g, (_, name: string) => {
    const value = filling[name];
    if (value === undefined) throw new Error(`${route}: nothing is known for [${name}].`);
    return value;
  });
}

async function made<Made>(page: Page, mutation: string, kind: string, fields: string, input: object): Promise<Made> {
  const answer = await askApi<Record<string, Made & { __typename: string; message?: string }>>(
    page.request,
    `mutation ($input: ${kind}Input!) { ${mutation}(input: $input) { __typename ... on ${kind}Success { ${fields} } ... on Problem { message } } }`,
    { input },
  );
  const result = answer[mutation]!;
  expect(result.__typename, result.message).toBe(`${kind}Success`);
  return result;
}

/** An experiment of one small variant, trained and evaluated. @returns it, its run and the evaluation */
async function smallExperiment(page: Page, projectId: string, datasetId: string): Promise<{ id: string; run: string; evaluation: string }> {
  const { experiment } = await made<{ experiment: { id: string } }>(page, 'createExperiment', 'CreateExperiment', 'experiment { id }', {
    ...{ projectId, datasetIds: [datasetId], name: 'Looked at in full', clientKey: 'every page', seeds: [1] },
    variants: [
      { name: 'access turned', recipe: { base: 'sample/ae', sets: ['data.trainPatches=96', 'training.epochs=2', 'regime.kind=search'] } },
    ],
  });
  interface Run {
    readonly id: string;
    readonly evaluations: readonly { readonly id: string; readonly state: string }[];
  }
  const run = async () => {
    const query =
      'query ($id: ID!) { node(id: $id) { ... on Experiment { trainingRuns { edges { node { id evaluations { id state } } } } } } }';
    const { node } = await askApi<{ node: { trainingRuns: { edges: { node: Run }[] } } }>(page.request, query, { id: experiment.id });
    return node.trainingRuns.edges[0]?.node;
  };
  await expect.poll(async () => (await run())?.evaluations[0]?.state, { timeout: 200_000, intervals: [1_000] }).toBe('succeeded');
  const ended = (await run())!;
  return { id: experiment.id, run: ended.id, evaluation: ended.evaluations[0]!.id };
}

interface Sample {
  readonly team: { readonly id: string };
}

/** Something of every kind in the sample project, made as the pages would make it. */
export async function fillEveryPage(page: Page): Promise<Filling> {
  const projectId = await sampleProject(page.request);
  const [evaluationId = ''] = await evaluatedModels(page.request, [{ variant: 'plain', seed: 1 }]);
  const { project } = await askApi<{ project: Sample }>(page.request, 'query ($id: ID!) { project(id: $id) { team { id } } }', {
    id: projectId,
  });
  const datasetId = await smallDataset(page.request, projectId);
  const teamId = project.team.id;
  const experiment = await smallExperiment(page, projectId, datasetId);
  const both = [evaluationId, experiment.evaluation];

  const { evaluation } = await askApi<{
    evaluation: { reconstructions: { edges: { node: { id: string; label: string; image: { id: string } } }[] } };
  }>(
    page.request,
    'query ($id: ID!) { evaluation(id: $id) { reconstructions(first: 100) { edges { node { id label image { id } } } } } }',
    {
      id: evaluationId,
    },
  );
  const pictures = evaluation.reconstructions.edges.map(({ node }) => node);
  const defective = pictures.find(({ label }) => label !== 'good') ?? pictures[0]!;
  await made(page, 'addComment', 'AddComment', '__typename', { evaluationId, reconstructionId: defective.id, body: 'Is this the seam?' });
  await made(page, 'addComment', 'AddComment', '__typename', { runId: experiment.run, body: 'The loss falls slowly.' });
  await made(page, 'createWebhook', 'CreateWebhook', '__typename', {
    ...{ teamId, url: 'http://127.0.0.1:9/ended', events: ['runSucceeded'] },
  });
  await made(page, 'createApiToken', 'CreateApiToken', '__typename', { teamId, name: 'Looked at', scopes: ['read'] });
  const { comparison } = await made<{ comparison: { id: string } }>(page, 'saveComparison', 'SaveComparison', 'comparison { id }', {
    ...{ projectId, name: 'Side by side', evaluationIds: both },
  });
  const share = await made<{ secret: string }>(page, 'createShareLink', 'CreateShareLink', 'secret', { comparisonId: comparison.id });
  const { secret } = await made<{ secret: string }>(page, 'createInvitation', 'CreateInvitation', 'secret', {
    teamId,
    role: 'viewer',
    days: 1,
  });
  return {
    ...{ teamId, projectId, datasetId, evaluationId, secondEvaluationId: experiment.evaluation, imageId: defective.image.id },
    ...{ runId: experiment.run, experimentId: experiment.id, comparisonId: comparison.id, link: share.secret, invitation: secret },
  };
}

/** Somebody whose only team has no project yet: signed in, in a browser of their own. */
export async function newcomer(browser: Browser, owner: Page): Promise<BrowserContext> {
  const { team } = await made<{ team: { id: string } }>(owner, 'createTeam', 'CreateTeam', 'team { id }', { name: 'Not begun' });
  const { secret } = await made<{ secret: string }>(owner, 'createInvitation', 'CreateInvitation', 'secret', {
    ...{ teamId: team.id, role: 'admin', days: 1 },
  });
  const person = { name: 'Nora Newcomer', email: `nora-${team.id.slice(-8)}@example.org`, password: 'five words are enough too' };
  const context = await browser.newContext({ baseURL: platform.address, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await made(page, 'createAccount', 'CreateAccount', '__typename', { ...person, secret });
  await page.goto('/sign-in');
  await sendSignIn(page, person);
  await page.waitForURL(({ pathname }) => pathname !== '/sign-in');
  await page.close();
  return context;
}
