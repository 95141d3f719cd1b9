import { expect, type APIRequestContext } from '@playwright/test';
import { askApi } from './askApi.ts';
import { owner, platform } from './test.ts';

/** The owner's account is there: made by an earlier journey, or now by the one-time link's token. @returns whether it was made now */
export async function ensureOwner(request: APIRequestContext): Promise<boolean> {
  const { setup } = await askApi<{ setup: { needsOwner: boolean } }>(request, '{ setup { needsOwner } }');
  if (!setup.needsOwner) return false;
  const token = new URL(platform.welcome).searchParams.get('token') ?? '';
  const { createFirstOwner } = await askApi<{ createFirstOwner: { __typename: string } }>(
    request,
    'mutation ($input: CreateFirstOwnerInput!) { createFirstOwner(input: $input) { __typename } }',
    { input: { ...owner, token, teamName: 'My team' } },
  );
  expect(createFirstOwner.__typename).toBe('CreateFirstOwnerSuccess');
  return true;
}
