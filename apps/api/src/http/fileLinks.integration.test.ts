import { encodePng8 } from '@plumbline/ml/images';
import { resolveRecipe } from '@plumbline/ml/recipes';
import { scenarios, type EvaluatedRun } from '@plumbline/prisma/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../testing/api.ts';

let api: TestApi;
let own: EvaluatedRun;
let cookie: string;
let paths: Record<'original' | 'picture' | 'map' | 'zip' | 'weights', string>;

beforeAll(async () => {
  api = await startApi();
  own = await scenarios.evaluatedRun(api.db, { document: resolveRecipe('ae') });
  cookie = (await api.signedIn(own.viewer)).cookie;
  const data = Float32Array.from({ length: 32 * 32 }, (_, i) => (i % 256) / 255);
  const png = await api.server.platform.storage.put(await encodePng8({ width: 32, height: 32, channels: 1, data }));
  const pictures = { inputSha256: png.sha256, reconstructionSha256: png.sha256 };
  await api.db.reconstruction.updateMany({ where: { evaluationId: own.evaluation.id }, data: pictures });
  await api.db.image.updateMany({ where: { datasetId: own.dataset.id, split: 'test' }, data: { width: 32, height: 32 } });
  const [reconstruction] = own.reconstructions;
  const [image] = own.images;
  await api.db.image.update({ where: { id: image?.id ?? '' }, data: { sha256: png.sha256 } });
  await api.db.checkpoint.update({ where: { id: own.checkpoint.id }, data: { files: [{ name: 'checkpoints/best/a.f32', ...png }] } });
  paths = {
    original: `/files/images/img_${image?.id}/original`,
    picture: `/files/reconstructions/rec_${reconstruction?.id}/input.png`,
    map: `/files/residuals/rec_${reconstruction?.id}/mse.tiff`,
    zip: `/files/evaluations/evl_${own.evaluation.id}/folder.zip?maps=none`,
    weights: `/files/checkpoints/chk_${own.checkpoint.id}/checkpoints/best/a.f32`,
  };
});
afterAll(() => api.stop());

async function linkTo(url: string, minutes = 5, as: string | Readonly<Record<string, string>> = cookie): Promise<string> {
  const query = 'query ($url: String!, $minutes: Int) { fileLink(url: $url, minutes: $minutes) { ... on FileLink { url expiresAt } } }';
  const { data } = await api.run(as, query, { url, minutes });
  expect(new Date(data.fileLink.expiresAt).getTime()).toBeGreaterThan(Date.now() + (60 * minutes - 30) * 1000);
  return data.fileLink.url as string;
}
const get = (path: string, headers = {}) => fetch(`${api.url}${path}`, { headers });
const changed = (url: string, change: (params: URLSearchParams) => void): string => {
  const [path, query] = url.split('?');
  const params = new URLSearchParams(query);
  change(params);
  return `${path}?${params}`;
};

describe('a link to a file', () => {
  it.each(['original', 'picture', 'map', 'zip', 'weights'] as const)(
    'opens the %s without a sign-in, and nothing keeps it for longer',
    async (what) => {
      expect((await get(paths[what])).status).toBe(401);
      const link = await linkTo(paths[what]);
      const answer = await get(link);
      expect([answer.status, (await answer.arrayBuffer()).byteLength > 0]).toEqual([200, true]);
      const control = answer.headers.get('cache-control') ?? '';
      expect(control).not.toContain('immutable');
      const kept = /max-age=(\d+)/.exec(control)?.[1];
      if (kept) expect(Number(kept)).toBeLessThanOrEqual(5 * 60);
      else expect(control).toMatch(/no-cache|no-store/);
    },
  );

  it('is refused in a sentence where any of it was changed, even for somebody who is signed in', async () => {
    const link = await linkTo(paths.zip);
    const other = new URL(`http://a${await linkTo(paths.zip, 600)}`).searchParams;
    const forged = [
      link.replace('folder.zip', 'files.json'),
      changed(link, (params) => params.set('maps', 'ssim')),
      changed(link, (params) => params.append('maps', 'none')),
      changed(link, (params) => params.delete('maps')),
      changed(link, (params) => params.set('more', '1')),
      changed(link, (params) => params.set('expires', other.get('expires') ?? '')),
      changed(link, (params) => params.append('expires', other.get('expires') ?? '')),
      changed(link, (params) => params.set('by', `session_${own.owner.id}`)),
      changed(link, (params) => params.set('by', 'nobody')),
      changed(link, (params) => params.delete('by')),
      changed(link, (params) => params.set('signature', 'A'.repeat(43))),
      changed(link, (params) => params.set('signature', '')),
      changed(link, (params) => params.set('signature', (params.get('signature') ?? '').slice(0, 20))),
    ];
    for (const url of forged) {
      const answer = await get(url, { cookie });
      expect([answer.status, await answer.text()], url).toEqual([
        403,
        expect.stringContaining('This link is not valid: copy all of it, or ask for a new one.'),
      ]);
    }
    expect((await get(link)).status).toBe(200);
  });

  it('is refused once its time is over', async () => {
    const { links, sessions } = api.server.platform;
    const actor = await sessions.actorFrom({ headers: { cookie } });
    if (!actor) throw new Error('Nobody is signed in.');
    const old = links.sign(paths.original, actor.credential, new Date(Date.now() - 1000));
    const answer = await get(old);
    expect([answer.status, answer.headers.get('cache-control'), await answer.text()]).toEqual([
      403,
      'no-store',
      expect.stringContaining('has expired'),
    ]);
  });

  it('sees what its maker sees when it is used: no file of another team, and nothing after their token was revoked', async () => {
    const foreign = await scenarios.evaluatedRun(api.db);
    const away = await get(await linkTo(`/files/images/img_${foreign.images[0]?.id}/original`));
    const unknown = await get(await linkTo('/files/images/img_00000000-0000-7000-8000-000000000000/original'));
    expect([away.status, await away.text()]).toEqual([404, await unknown.text()]);

    const { id, headers } = await api.tokenOf(own.engineer, own.team);
    const link = await linkTo(paths.picture, 5, headers);
    expect((await get(link)).status).toBe(200);
    await api.db.apiToken.update({ where: { id }, data: { revokedAt: new Date() } });
    await expect.poll(async () => (await get(link)).status, { timeout: 5000 }).toBe(403);
    expect(await (await get(link)).text()).toContain('has ended with the sign-in or API token that made it');
  });

  it('opens files alone, for a day at most', async () => {
    const query =
      'query ($url: String!, $minutes: Int) { fileLink(url: $url, minutes: $minutes) { __typename ... on InvalidInput { issues { path } } } }';
    const wrong = [
      ['/graphql', 5, 'url'],
      ['/files/../graphql', 5, 'url'],
      ['//elsewhere.example/files/x', 5, 'url'],
      ['https://elsewhere.example/files/x', 5, 'url'],
      [paths.original, 0, 'minutes'],
      [paths.original, 1441, 'minutes'],
    ];
    for (const [url, minutes, path] of wrong)
      expect((await api.run(cookie, query, { url, minutes })).data.fileLink, String(url)).toEqual({
        __typename: 'InvalidInput',
        issues: [{ path }],
      });
    const signature = new URL(`http://a${await linkTo(paths.original)}`).search;
    expect(
      await fetch(`${api.url}/graphql${signature}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"query":"{ workers { id } }"}',
      }).then((answer) => answer.json()),
    ).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });

  it('stands in no log', async () => {
    const link = await linkTo(paths.original);
    await get(link);
    const signature = new URLSearchParams(link.split('?')[1]).get('signature') ?? '';
    expect(signature).toHaveLength(43);
    await expect.poll(() => api.logged.some((line) => line.includes(paths.original))).toBe(true);
    expect(api.logged.filter((line) => line.includes(signature))).toEqual([]);
  });
});
