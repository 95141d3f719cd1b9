import { expect, type Page } from '@playwright/test';
import { askApi } from './askApi.ts';

interface Answer {
  readonly me: {
    readonly teams: readonly {
      readonly team: {
        readonly projects: readonly { readonly trainingRuns: { readonly edges: readonly { node: { id: string; state: string } }[] } }[];
      };
    }[];
  };
}

/** Pauses the sample's own training, which begins by itself after the start and would keep the worker busy. */
export async function pauseSample(page: Page): Promise<void> {
  const states = async (): Promise<string[]> => {
    const query = '{ me { teams { team { projects { trainingRuns { edges { node { id state } } } } } } } }';
    const { me } = await askApi<Answer>(page.request, query);
    const runs = me.teams.flatMap(({ team }) => team.projects).flatMap(({ trainingRuns }) => trainingRuns.edges.map(({ node }) => node));
    for (const { id, state } of runs)
      if (state === 'running') await askApi(page.request, `mutation { pauseTraining(id: "${id}") { __typename } }`);
    return runs.map(({ state }) => state);
  };
  await expect.poll(states, { timeout: 120_000 }).toEqual(['paused']);
}
