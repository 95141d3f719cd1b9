import { expect, type APIRequestContext } from '@playwright/test';
import { owner, platform } from './test.ts';

/** The owner's account is there: made by an earlier journey, or now by the one-time link's token. @returns whether it was made now */
export async function ensureOwner(request: APIRequestContext): Promise<boolean> {
  const ask = async <Data>(query: string, variables: object = {}): Promise<Data> => {
    const answer = await request.post(`${platform.address}/graphql`, {
      data: { query, variables },
      headers: { origin: platform.address },
    });
    expect(answer.ok()).toBe(true);
    return ((await answer.json()) as { data: Data }).data;
  };
  const { setup } = await ask<{ setup: { needsOwner: boolean } }>('{ setup { needsOwner } }');
  if (!setup.needsOwner) return false;
  const token = new URL(platform.welcome).searchParams.get('token') ?? '';
  const { createFirstOwner } = await ask<{ createFirstOwner: { __typename: string } }>(
    'mutation ($input: CreateFirstOwnerInput!) { createFirstOwner(input: $input) { __typename } }',
    { input: { ...owner, token, teamName: 'My team' } },
  );
  expect(createFirstOwner.__typename).toBe('CreateFirstOwnerSuccess');
  return true;
}
