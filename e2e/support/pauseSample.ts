import { expect, type Page } from '@playwright/test';
import { platform } from './test.ts';

/** Pauses the sample's own training, which begins by itself after the start and would keep the worker busy. */
export async function pauseSample(page: Page): Promise<void> {
  const ask = async (query: string) =>
    (await (await page.request.post('/graphql', { data: { query }, headers: { origin: platform.address } })).json()) as {
      data: { me: { teams: { team: { projects: { trainingRuns: { edges: { node: { id: string; state: string } }[] } }[] } }[] } };
    };
  const states = async (): Promise<string[]> => {
    const { data } = await ask('{ me { teams { team { projects { trainingRuns { edges { node { id state } } } } } } } }');
    const runs = data.me.teams
      .flatMap(({ team }) => team.projects)
      .flatMap(({ trainingRuns }) => trainingRuns.edges.map(({ node }) => node));
    for (const { id, state } of runs) if (state === 'running') await ask(`mutation { pauseTraining(id: "${id}") { __typename } }`);
    return runs.map(({ state }) => state);
  };
  await expect.poll(states, { timeout: 120_000 }).toEqual(['paused']);
}
