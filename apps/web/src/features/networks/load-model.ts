import { plainOperations } from '@plumbline/ml/engine/operations';
import { Examiner, type TrainedNetwork } from '@plumbline/ml/reconstruction';
import type { Recipe } from '@plumbline/ml/recipes';
import { checkpointFileSchema } from '@plumbline/ml/run/checkpoint-file';
import { manifestSchema } from '@plumbline/ml/run/manifest-file';
import type { ExpectedResidual } from '@plumbline/ml/residuals';
import type { z } from 'zod';
import { askPlatform } from '#web/lib/ask-platform.ts';

/** A file of a checkpoint, as the API names it. */
export interface ModelFile {
  readonly name: string;
  readonly url: string;
  readonly sha256: string;
}

/** A checkpoint as one of its evaluations looked at it. */
export interface StoredModel {
  readonly files: readonly ModelFile[];
  /** Of the evaluation's protocol; null = as the recipe has it. */
  readonly residual: Pick<Recipe['residual'], 'ssim' | 'mse' | 'imageScore'> | null;
  readonly expected: ExpectedResidual | null;
}

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
export async function loadModel({ files, residual, expected }: StoredModel): Promise<LoadedModel> {
  let bytes = 0;
  const read = async (name: string, sha256?: string): Promise<ArrayBuffer> => {
    const file = files.find((one) => one.name === name);
    const answer = file && (await askPlatform(file.url));
    if (!answer?.ok)
      throw new Error(
        `The model's file ${name} could not be read (${answer?.status ?? 'missing'}): sign in again; where it has been deleted, use another model.`,
      );
    const content = await answer.arrayBuffer();
    bytes += content.byteLength;
    // Browsers hash only for pages of https or of this machine.
    if (sha256 && globalThis.crypto.subtle && hex(await crypto.subtle.digest('SHA-256', content)) !== sha256)
      throw new Error(`The model's file ${name} does not have the content that was saved: reload the page, or train again.`);
    return content;
  };
  const json = async <T>(name: string, schema: z.ZodType<T>): Promise<T> => {
    const text = new TextDecoder().decode(await read(name));
    try {
      return schema.parse(JSON.parse(text));
    } catch {
      throw new Error(`The model's file ${name} is of a form that this page does not read: reload the page, or train again.`);
    }
  };

  const commit = files.find(({ name }) => name.endsWith('/checkpoint.json'))?.name ?? 'checkpoint.json';
  const [manifest, checkpoint] = [await json('manifest.json', manifestSchema), await json(commit, checkpointFileSchema)];
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
