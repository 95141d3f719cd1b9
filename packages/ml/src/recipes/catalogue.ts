import type { RecipeInput } from './schema.ts';

export interface NamedRecipe {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  /** What differs from the schema's defaults. */
  readonly settings: Omit<RecipeInput, 'name'>;
}

/** The paper's letter where it fixes a value (Sections 2 and 8.1, Table 1), the defaults of the design where it leaves one open. */
const PAPER: Omit<RecipeInput, 'name'> = {
  geometry: { kind: 'patch' },
  standardise: 'none',
  data: { trainPatches: 8000 },
  augmentation: { rotation: { probability: 0.3, degrees: 45 }, cover: false },
  loss: { region: 'all' },
  training: {
    epochs: 200,
    batch: 128,
    learningRate: 2e-4,
    schedule: 'constant',
    warmup: 0,
    weightDecay: 1e-5,
    decayKind: 'l2',
    epsilon: 1e-7,
  },
  residual: { ssim: { window: 'uniform', size: 11 }, imageScore: 'max' },
};

export const CATALOGUE: readonly NamedRecipe[] = [
  {
    name: 'ae',
    title: 'Autoencoder',
    summary:
      "The paper's autoencoder with what was measured to work: whole images, standardised input, border patches, a higher rate with a schedule",
    settings: {},
  },
  {
    name: 'paper/ae',
    title: 'Autoencoder, by the paper',
    summary: "The paper's letter: 256 px images, four padded patches, Adam 2e-4, 200 epochs of 8,000 patches in batches of 128",
    settings: PAPER,
  },
  {
    name: 'sample/ae',
    title: 'Autoencoder for the sample textures',
    summary: 'A small autoencoder for grey textures at any angle that trains in about a minute on two cores',
    settings: {
      geometry: { kind: 'image', scale: { by: 'factor', value: 0.7071 } },
      channels: 1,
      // Many different patches seen a few times, in small batches at a high rate: leaves the dead start within the first epoch and a half.
      data: { trainPatches: 1600 },
      augmentation: { rotation: { probability: 1, degrees: 180 } },
      model: { latent: 64 },
      training: { epochs: 6, batch: 8, learningRate: 2e-3 },
    },
  },
];
