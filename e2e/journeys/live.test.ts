import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { ensureOwner } from '../support/ensureOwner.ts';
import { agrees, openModel, someOf } from '../support/liveCheck.ts';
import { evaluatedModels } from '../support/models.ts';
import { ruleBreaks } from '../support/ruleBreaks.ts';
import { signIn } from '../support/signIn.ts';
import { expect, test } from '../support/test.ts';

const cameraFlags = ['--use-fake-device-for-media-stream=device-count=2', '--use-fake-ui-for-media-stream'];
test.use({
  launchOptions: async ({ launchOptions }, use) => use({ ...launchOptions, args: [...(launchOptions.args ?? []), ...cameraFlags] }),
});

/** The same 8-bit PNG with one colour, or entry of its palette, marked as transparent. */
function withTransparentColour(png: Buffer): Buffer {
  const [kind, at] = [png[25], png.indexOf('IDAT', 'latin1') - 4];
  const data = kind === 0 ? Buffer.from([0, 100]) : kind === 2 ? Buffer.from([0, 100, 0, 100, 0, 100]) : Buffer.from([0]);
  const body = Buffer.concat([Buffer.from('tRNS', 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([png.subarray(0, at), frame.subarray(0, 4), body, frame.subarray(4), png.subarray(at)]);
}

test('what the page says of an image is what the server said of it, and no image leaves the browser', async ({ page, request }) => {
  // A model is trained and evaluated first, behind whatever the worker has in hand.
  test.setTimeout(480_000);
  await ensureOwner(request);
  const base = await signIn(page);
  const [evaluationId] = await evaluatedModels(page.request, [{ variant: 'product', seed: 1 }]);
  const { thresholds, chosen, files } = await someOf(page, evaluationId!);

  const sent: { method: string; bytes: number; url: string }[] = [];
  page.on('request', (one) => sent.push({ method: one.method(), bytes: one.postDataBuffer()?.length ?? 0, url: one.url() }));
  await openModel(page, base, evaluationId!);
  const before = sent.length;
  await page.getByLabel('Images to check').setInputFiles(files);
  await expect(page.getByText('4 images checked,', { exact: false })).toBeVisible({ timeout: 120_000 });

  await agrees(page, chosen, thresholds);

  await test.step('a transparent colour changes nothing, and a WebP with one is refused', async () => {
    await page.getByRole('button', { name: 'Empty the list' }).click();
    const webp = await page.evaluate(`(async () => {
      const canvas = new OffscreenCanvas(64, 64);
      canvas.getContext('2d').fillRect(0, 0, 32, 64);
      const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/webp' })).arrayBuffer());
      return btoa(String.fromCharCode(...bytes));
    })()`);
    await page
      .getByLabel('Images to check')
      .setInputFiles([
        files[0]!,
        { ...files[0]!, name: 'transparent.png', buffer: withTransparentColour(files[0]!.buffer) },
        { name: 'half.webp', mimeType: 'image/webp', buffer: Buffer.from(webp as string, 'base64') },
      ]);
    await page.getByRole('option', { name: /^half\.webp not checked/ }).click({ timeout: 120_000 });
    await expect(page.getByRole('alert').filter({ hasText: 'half.webp has transparent pixels' })).toBeVisible();
    await expect(page.getByText('2 images checked', { exact: false })).toBeVisible({ timeout: 120_000 });
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'CSV' }).click()]);
    const [, opaque, transparent] = (await readFile(await download.path(), 'utf8'))
      .trim()
      .split('\r\n')
      .map((line) => line.split(','));
    // Name, width, height, then scores and verdicts.
    expect(transparent!.slice(1, 7)).toEqual(opaque!.slice(1, 7));
    await page.getByRole('button', { name: 'Empty the list' }).click();
    await page.getByLabel('Images to check').setInputFiles(files.slice(0, 2));
  });

  await test.step('a folder without images is said', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'plumbline-notes-'));
    for (const name of ['a.txt', 'b.txt']) await writeFile(join(folder, name), 'no picture');
    await page.getByLabel('Folder to check').setInputFiles(folder);
    await expect(page.getByText('There is no image in what was chosen', { exact: false })).toBeVisible();
    await rm(folder, { recursive: true });
  });

  await test.step('a file that cannot be checked says why, and the keys walk through the list', async () => {
    await page.getByLabel('Images to check').setInputFiles({ name: 'note.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
    await expect(page.getByRole('alert').filter({ hasText: 'note.png is not an image that can be read here' })).toBeVisible();
    await page.getByRole('listbox', { name: 'Checked images' }).press('Home');
    await expect(page.getByRole('option', { name: /^image 0/ })).toHaveAttribute('aria-selected', 'true');
    await page.getByRole('listbox', { name: 'Checked images' }).press('j');
    await expect(page.getByRole('option', { name: /^image 1/ })).toHaveAttribute('aria-selected', 'true');
  });

  await test.step('no request carried an image', () => {
    const smallest = Math.min(...files.map(({ buffer }) => buffer.length));
    const since = sent.slice(before).filter(({ url }) => !url.startsWith('blob:'));
    expect(since.filter(({ method, url }) => method !== 'GET' && !url.endsWith('/graphql'))).toEqual([]);
    for (const { bytes, url } of since) expect(bytes, url).toBeLessThan(Math.min(4_000, smallest));
  });
});

test('a model that turns each patch by what it finds in it says in the browser what it said on the server', async ({ page, request }) => {
  test.setTimeout(480_000);
  await ensureOwner(request);
  const base = await signIn(page);
  const [evaluationId] = await evaluatedModels(page.request, [{ variant: 'searched', seed: 1 }]);
  const { thresholds, chosen, files } = await someOf(page, evaluationId!);
  await openModel(page, base, evaluationId!);
  await page.getByLabel('Images to check').setInputFiles(files);
  await expect(page.getByText('4 images checked,', { exact: false })).toBeVisible({ timeout: 120_000 });
  await agrees(page, chosen, thresholds);
});

test('a frame of the camera is checked, once or one after another', async ({ page }) => {
  const base = await signIn(page);
  const [evaluationId] = await evaluatedModels(page.request, [{ variant: 'product', seed: 1 }]);
  await page.goto(`${base}/live?evaluation=${evaluationId}&engine=wasm`);
  await expect(page.getByText(/^Computes on WebAssembly/)).toBeVisible({ timeout: 60_000 });
  await test.step('another model is found by words among all of them', async () => {
    await page.goto(`${base}/live?engine=wasm`);
    await page.getByRole('button', { name: /^Model: / }).click();
    const dialog = page.getByRole('dialog', { name: 'Model to check with' });
    await dialog.getByRole('searchbox', { name: 'Find an evaluation' }).fill('product seed 1');
    await expect(dialog.getByRole('listitem')).toHaveCount(1);
    expect(await ruleBreaks(page)).toEqual([]);
    await dialog.getByRole('listitem').getByRole('button').click();
    await expect(dialog).toBeHidden();
    await expect(page.getByRole('button', { name: /^Model: product on / })).toBeVisible();
    await expect(page).toHaveURL(new RegExp(`evaluation=${evaluationId}`));
    await expect(page.getByText(/^Computes on WebAssembly/)).toBeVisible({ timeout: 60_000 });
  });
  await page.getByRole('button', { name: 'Camera', exact: true }).click();
  await page.getByRole('button', { name: 'Check this frame' }).click();
  await expect(page.getByRole('region', { name: 'Result of frame 1' })).toBeVisible({ timeout: 120_000 });
  await page.getByLabel('Check continuously').check();
  const live = page.getByRole('region', { name: 'Result of camera' });
  await expect(live).toBeVisible({ timeout: 120_000 });
  const first = await live.getByText(/ms: decoding/).innerText();
  await expect.poll(() => live.getByText(/ms: decoding/).innerText(), { timeout: 60_000 }).not.toBe(first);

  await test.step('a camera that is unplugged is said, and its last picture is judged no longer', async () => {
    // As a browser does it: the track ends, and says so.
    await page.evaluate(`(() => {
      const [track] = document.querySelector('[aria-label="Camera picture"]').srcObject.getVideoTracks();
      track.stop();
      track.dispatchEvent(new Event('ended'));
    })()`);
    await expect(page.getByText('The camera was taken away while it was shown', { exact: false })).toBeVisible();
    await expect(page.getByLabel('Check continuously')).toBeDisabled();
    await expect(live).toBeHidden();
    await page.waitForTimeout(3_000);
    await expect(live).toBeHidden();
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(live).toBeVisible({ timeout: 120_000 });
  });

  await test.step('the chooser names the camera whose picture is shown', async () => {
    const chooser = page.getByRole('combobox', { name: 'Which camera' });
    const shown = (): Promise<string> =>
      page.evaluate(`document.querySelector('[aria-label="Camera picture"]').srcObject?.getVideoTracks()[0]?.label ?? ''`);
    const names = await page.evaluate<string[]>(
      `navigator.mediaDevices.enumerateDevices().then((all) => all.filter(({ kind }) => kind === 'videoinput').map(({ label }) => label))`,
    );
    expect(names).toHaveLength(2);
    await expect(chooser).toHaveText(await shown());
    for (const name of names) {
      await chooser.click();
      await page.getByRole('option', { name, exact: true }).click();
      await expect.poll(shown).toBe(name);
      await expect(chooser).toHaveText(name);
    }
  });
});
