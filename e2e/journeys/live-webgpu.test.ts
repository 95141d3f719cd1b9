import { ensureOwner } from '../support/ensureOwner.ts';
import { agrees, openModel, someOf } from '../support/liveCheck.ts';
import { evaluatedModels } from '../support/models.ts';
import { signIn } from '../support/signIn.ts';
import { expect, test } from '../support/test.ts';

// WebGPU on the processor: slow, but the same shaders.
const emulation = [
  ...['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader', '--enable-features=Vulkan', '--use-vulkan=swiftshader'],
  '--ignore-gpu-blocklist',
];
test.use({
  launchOptions: async ({ launchOptions }, use) => use({ ...launchOptions, args: [...(launchOptions.args ?? []), ...emulation] }),
});

test('a model on WebGPU says what it said on the server', async ({ page, request }) => {
  test.setTimeout(480_000);
  await ensureOwner(request);
  const base = await signIn(page);
  const adapter = await page.evaluate<boolean>(`(async () => Boolean(await navigator.gpu?.requestAdapter()))()`);
  test.skip(!adapter, 'This Chromium comes without the emulation of WebGPU.');
  const [evaluationId] = await evaluatedModels(page.request, [{ variant: 'searched', seed: 1 }]);
  const { thresholds, chosen, files } = await someOf(page, evaluationId!);
  await openModel(page, base, evaluationId!, 'webgpu');
  await expect(page.getByText(/^Computes on WebGPU/)).toBeVisible();
  await page.getByLabel('Images to check').setInputFiles(files);
  await expect(page.getByText('4 images checked,', { exact: false })).toBeVisible({ timeout: 300_000 });
  await agrees(page, chosen, thresholds);
});
