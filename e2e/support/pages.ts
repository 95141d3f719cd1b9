import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { root } from '../../scripts/setup/console.mjs';

/** What pages are about: public ids of one thing of each kind. */
export interface PageIds {
  readonly team: string;
  readonly project: string;
  readonly dataset: string;
  readonly image: string;
  readonly run: string;
  readonly evaluation: string;
  readonly experiment: string;
}

export interface ProductPage {
  readonly address: (ids: PageIds) => string;
  /** Seen by who is not signed in. */
  readonly door?: true;
  /** Where people are most of the time: all of it is reached by the keyboard. */
  readonly main?: true;
}

const base = ({ project }: PageIds): string => `/projects/${project}`;

/** Every page of the product by its route, with an address that shows it with content. */
export const productPages: Readonly<Record<string, ProductPage>> = {
  '/': { address: () => '/' },
  '/account': { address: () => '/account', main: true },
  '/explorer': { address: () => '/explorer' },
  '/join': { address: () => '/join#no-invitation', door: true },
  '/sign-in': { address: () => '/sign-in', door: true, main: true },
  '/welcome': { address: () => '/welcome?token=guessed', door: true },
  '/teams/[teamId]': { address: ({ team }) => `/teams/${team}`, main: true },
  '/teams/[teamId]/audit': { address: ({ team }) => `/teams/${team}/audit`, main: true },
  '/teams/[teamId]/home': { address: ({ team }) => `/teams/${team}/home` },
  '/projects/[projectId]': { address: base, main: true },
  '/projects/[projectId]/activity': { address: (ids) => `${base(ids)}/activity` },
  '/projects/[projectId]/datasets': { address: (ids) => `${base(ids)}/datasets`, main: true },
  '/projects/[projectId]/datasets/[datasetId]': { address: (ids) => `${base(ids)}/datasets/${ids.dataset}`, main: true },
  '/projects/[projectId]/datasets/[datasetId]/mask': { address: (ids) => `${base(ids)}/datasets/${ids.dataset}/mask?image=${ids.image}` },
  '/projects/[projectId]/datasets/[datasetId]/versions': { address: (ids) => `${base(ids)}/datasets/${ids.dataset}/versions` },
  '/projects/[projectId]/evaluations': { address: (ids) => `${base(ids)}/evaluations`, main: true },
  '/projects/[projectId]/evaluations/[evaluationId]': { address: (ids) => `${base(ids)}/evaluations/${ids.evaluation}`, main: true },
  '/projects/[projectId]/experiments': { address: (ids) => `${base(ids)}/experiments`, main: true },
  '/projects/[projectId]/experiments/[experimentId]': { address: (ids) => `${base(ids)}/experiments/${ids.experiment}`, main: true },
  '/projects/[projectId]/experiments/new': { address: (ids) => `${base(ids)}/experiments/new` },
  '/projects/[projectId]/recipes': { address: (ids) => `${base(ids)}/recipes`, main: true },
  '/projects/[projectId]/recipes/differences': { address: (ids) => `${base(ids)}/recipes/differences?a=ae&b=paper%2Fstn-frozen` },
  '/projects/[projectId]/recipes/form': { address: (ids) => `${base(ids)}/recipes/form?from=ae` },
  '/projects/[projectId]/runs': { address: (ids) => `${base(ids)}/runs`, main: true },
  '/projects/[projectId]/runs/[runId]': { address: (ids) => `${base(ids)}/runs/${ids.run}`, main: true },
  '/projects/[projectId]/runs/new': { address: (ids) => `${base(ids)}/runs/new` },
  '/projects/[projectId]/workers': { address: (ids) => `${base(ids)}/workers`, main: true },
};

/** The routes that the app router serves pages at, as its folders say. */
export async function routesOfPages(): Promise<string[]> {
  const app = join(root, 'apps/web/src/app');
  const found = await readdir(app, { recursive: true });
  return found
    .filter((path) => /(^|\/)page\.tsx$/.test(path))
    .map((path) => {
      const folders = relative('.', path)
        .split('/')
        .slice(0, -1)
        .filter((folder) => !/^\(.*\)$/.test(folder));
      return `/${folders.join('/')}`;
    });
}
