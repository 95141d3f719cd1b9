import { expect, type APIRequestContext } from '@playwright/test';
import { platform } from './test.ts';

/** An operation of the API as whoever the requests are signed in as; fails where it answers errors. */
export async function askApi<Data>(request: APIRequestContext, query: string, variables: object = {}): Promise<Data> {
  const answer = await request.post(`${platform.address}/graphql`, {
    data: { query, variables },
    headers: { origin: platform.address },
  });
  const { data, errors } = (await answer.json()) as { data: Data; errors?: unknown };
  expect(errors, query).toBeUndefined();
  return data;
}
