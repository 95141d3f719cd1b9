import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, type APIRequestContext } from '@playwright/test';
import { loadCheckpoint, operationsOf } from '@plumbline/ml';
import { quantise8, type PixelImage } from '@plumbline/ml/geometry';
import { readPng8 } from '@plumbline/ml/images';
import { Examiner } from '@plumbline/ml/reconstruction';
import { openEngine } from '@plumbline/tensorflow';
import { askApi } from './askApi.ts';

interface Stored {
  readonly evaluation: {
    readonly checkpoint: { readonly kind: 'best' | 'last'; readonly files: readonly { readonly name: string; readonly url: string }[] };
  };
  readonly reconstruction: { readonly inputUrl: string; readonly orientations: readonly number[] };
}

/** What an evaluation's autoencoder draws of an image's turned patches, 8 bit: computed here, by the engine that trains. */
export async function decodedSheet(
  request: APIRequestContext,
  evaluationId: string,
  reconstructionId: string,
): Promise<Omit<PixelImage, 'data'> & { readonly bytes: Uint8Array }> {
  const { evaluation, reconstruction } = await askApi<Stored>(
    request,
    `query ($evaluation: ID!, $reconstruction: ID!) {
      evaluation(id: $evaluation) { checkpoint { kind files { name url } } }
      reconstruction(id: $reconstruction) { inputUrl orientations }
    }`,
    { evaluation: evaluationId, reconstruction: reconstructionId },
  );
  const read = async (url: string): Promise<Buffer> => {
    const answer = await request.get(url);
    expect(answer.ok(), url).toBe(true);
    return answer.body();
  };
  const run = await mkdtemp(join(tmpdir(), 'plumbline-decoded-'));
  try {
    for (const { name, url } of evaluation.checkpoint.files) {
      await mkdir(dirname(join(run, name)), { recursive: true });
      await writeFile(join(run, name), await read(url));
    }
    const { manifest, checkpoint } = await loadCheckpoint(run, evaluation.checkpoint.kind);
    const { autoencoder, localisation = null } = checkpoint.networks;
    const operations = operationsOf(await openEngine({ threads: 1 }));
    const examiner = new Examiner({
      ...{ operations, recipe: manifest.recipe, seed: manifest.seed },
      autoencoder: autoencoder!,
      localisation,
    });
    const angles = reconstruction.orientations.map((degrees) => (degrees * Math.PI) / 180);
    const sheet = await examiner.decode(await readPng8(await read(reconstruction.inputUrl)), Float64Array.from(angles));
    examiner.dispose();
    return { width: sheet.width, height: sheet.height, channels: sheet.channels, bytes: quantise8(sheet) };
  } finally {
    await rm(run, { recursive: true });
  }
}
