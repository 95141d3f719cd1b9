import { plainOperations } from '@plumbline/ml/engine/operations';
import { Examiner, type TrainedNetwork } from '@plumbline/ml/reconstruction';
import type { Recipe } from '@plumbline/ml/recipes';
import { checkpointFileSchema } from '@plumbline/ml/run/checkpoint-file';
import { manifestSchema } from '@plumbline/ml/run/manifest-file';
import type { CheckedModel } from './messages.ts';

export interface LoadedModel {
  readonly examiner: Examiner;
  readonly recipe: Recipe;
  readonly bytes: number;
}

const hex = (bytes: ArrayBuffer): string => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');

/**
 * Fetches a checkpoint's networks (not what only training needs) and opens them on the current engine; the caller disposes the examiner.
 * @throws Error with one sentence where a file is missing or damaged, or the run has no autoencoder
 */
export async function loadModel({ files, residual, expected }: CheckedModel): Promise<LoadedModel> {
  let bytes = 0;
  const read = async (name: string, sha256?: string): Promise<ArrayBuffer> => {
    const file = files.find((one) => one.name === name);
    const answer = file && (await fetch(file.url, { credentials: 'same-origin' }));
    if (!answer?.ok)
      throw new Error(`The model's file ${name} could not be read (${answer?.status ?? 'missing'}): sign in again, or choose another model.`);
    const content = await answer.arrayBuffer();
    bytes += content.byteLength;
    // Browsers hash only for pages of https or of this machine.
    if (sha256 && globalThis.crypto.subtle && hex(await crypto.subtle.digest('SHA-256', content)) !== sha256)
      throw new Error(`The model's file ${name} does not have the content that was saved: reload the page, or train again.`);
    return content;
  };
  const json = async (name: string): Promise<unknown> => JSON.parse(new TextDecoder().decode(await read(name)));

  const commit = files.find(({ name }) => name.endsWith('/checkpoint.json'))?.name ?? 'checkpoint.json';
  const [manifest, checkpoint] = [manifestSchema.parse(await json('manifest.json')), checkpointFileSchema.parse(await json(commit))];
  const network = async (name: string): Promise<TrainedNetwork | null> => {
    const stored = checkpoint.networks[name];
    if (!stored) return null;
    const content = await read(commit.replace(/checkpoint\.json$/, stored.weights.file), stored.weights.sha256);
    return { weights: new Float32Array(content), standardisation: stored.standardisation };
  };
  const autoencoder = await network('autoencoder');
  if (!autoencoder) throw new Error(`A run of the recipe ${manifest.recipe.name} has no autoencoder: choose another model.`);
  const recipe: Recipe = { ...manifest.recipe, residual: { ...manifest.recipe.residual, ...residual } };
  const localisation = await network('localisation');
  const examiner = new Examiner({ operations: plainOperations, recipe, seed: manifest.seed, autoencoder, localisation });
  examiner.expected = expected;
  return { examiner, recipe, bytes };
}
