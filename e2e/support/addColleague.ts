import { expect, type APIRequestContext } from '@playwright/test';
import { askApi } from './askApi.ts';

/** Somebody joins the team of who is signed in, by an invitation as engineer. */
export async function addColleague(
  request: APIRequestContext,
  colleague: { readonly name: string; readonly email: string; readonly password: string },
): Promise<void> {
  const { me } = await askApi<{ me: { teams: { team: { id: string } }[] } }>(request, '{ me { teams { team { id } } } }');
  const { createInvitation } = await askApi<{ createInvitation: { secret: string } }>(
    request,
    'mutation ($input: CreateInvitationInput!) { createInvitation(input: $input) { ... on CreateInvitationSuccess { secret } } }',
    { input: { teamId: me.teams[0]?.team.id, role: 'engineer', days: 1 } },
  );
  const { createAccount } = await askApi<{ createAccount: { __typename: string } }>(
    request,
    'mutation ($input: CreateAccountInput!) { createAccount(input: $input) { __typename } }',
    { input: { ...colleague, secret: createInvitation.secret } },
  );
  expect(createAccount.__typename).toBe('CreateAccountSuccess');
}
