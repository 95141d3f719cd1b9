import type { RegimeKind } from './regimes.ts';
import type { RecipeInput } from './schema.ts';

export interface NamedRecipe {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  /** What differs from the schema's defaults. */
  readonly settings: Omit<RecipeInput, 'name'>;
}

const PAPER_TRAINING = {
  batch: 128,
  learningRate: 2e-4,
  schedule: 'constant',
  warmup: 0,
  weightDecay: 1e-5,
  decayKind: 'l2',
  epsilon: 1e-7,
} as const;

/** The paper's letter where it fixes a value (Sections 2, 6 and 8.1, Tables 1 and 2), the defaults of the design where it leaves one open. */
const PAPER: Omit<RecipeInput, 'name'> = {
  geometry: { kind: 'patch' },
  standardise: 'none',
  data: { trainPatches: 8000 },
  augmentation: { rotation: { probability: 0.3, degrees: 45 }, cover: false },
  loss: { region: 'all' },
  orientation: {
    side: 128,
    colours: 'all',
    head: 'scalar',
    initialisation: 'identity',
    mask: 'before',
    degrees: null,
    patches: null,
    training: { ...PAPER_TRAINING, epochs: 50 },
  },
  training: { ...PAPER_TRAINING, epochs: 200 },
  residual: { ssim: { window: 'uniform', size: 11 }, imageScore: 'max', paperMode: true },
};

/** Grey textures at any angle, in the about three minutes that two cores need for it. */
const SAMPLE: Omit<RecipeInput, 'name'> = {
  geometry: { kind: 'image', scale: { by: 'factor', value: 0.7071 } },
  channels: 1,
  // Many different patches seen a few times, in small batches at a high rate: leaves the dead start within the first epoch and a half.
  data: { trainPatches: 1600 },
  augmentation: { rotation: { probability: 1, degrees: 180 } },
  model: { latent: 64 },
  training: { epochs: 6, batch: 8, learningRate: 2e-3 },
};

const TITLES: Record<RegimeKind, string> = {
  ae: 'Autoencoder',
  'stn-frozen': 'Normalised, frozen',
  'stn-random': 'Normalised, from random weights',
  'stn-finetuned': 'Normalised, refined',
  'sampler-only': 'Turned at random and back',
  search: 'Normalised by search',
  'multi-start': 'Normalised from several starts',
  orientation: 'Orientation alone',
};

const SUMMARIES: Record<RegimeKind, string> = {
  ae: "The paper's autoencoder with what was measured to work: whole images, standardised input, border patches, a higher rate with a schedule",
  'stn-frozen': 'A localisation network learns the orientation first, then stays as it is while the autoencoder learns upright patches',
  'stn-random': 'Localisation network and autoencoder start from random weights and learn together from the reconstruction alone',
  'stn-finetuned': 'As frozen, but the localisation network goes on learning with the autoencoder',
  'sampler-only': 'A control: every patch is turned by a random angle and back, which shows what interpolation alone costs',
  search: 'The orientation of every patch by exhaustive search: what a perfect localisation network could give',
  'multi-start': 'As frozen, but the network looks at each patch turned several ways and the best answer counts',
  orientation: 'Teaches only the localisation network; other recipes take it by --stn',
};

/** In the order of the paper's tables, then ours. */
const REGIMES = Object.keys(TITLES) as RegimeKind[];
const IN_PAPER: readonly RegimeKind[] = ['ae', 'stn-frozen', 'stn-random', 'stn-finetuned', 'orientation'];

const product: NamedRecipe[] = REGIMES.map((kind) => ({
  name: kind,
  title: TITLES[kind],
  summary: SUMMARIES[kind],
  settings: { regime: { kind } },
}));

/** What was measured to find more than any of the regimes alone; docs/results says on what, by how much, and where it does not. */
const recommended: NamedRecipe = {
  name: 'recommended',
  title: 'Recommended',
  summary: 'As frozen, with the SSIM loss, a code of 100, batches of 8, and an MSE map smoothed by 1 px',
  settings: {
    regime: { kind: 'stn-frozen' },
    model: { latent: 100 },
    loss: { image: { kind: 'ssim' } },
    training: { batch: 8 },
    residual: { mse: { sigma: 1 } },
  },
};

const paper: NamedRecipe[] = IN_PAPER.map((kind) => ({
  name: `paper/${kind}`,
  title: `${TITLES[kind]}, by the paper`,
  summary:
    kind === 'orientation'
      ? "The paper's letter: raw 128 px input, one scalar, identity at the start, Adam 2e-4, 50 epochs; was not seen to leave chance"
      : "The paper's letter: 256 px images, four padded patches, Adam 2e-4, 200 epochs of 8,000 patches in batches of 128",
  settings: { ...PAPER, regime: { kind } },
}));

const sample: NamedRecipe[] = (['ae', 'stn-frozen'] as const).map((kind) => ({
  name: `sample/${kind}`,
  title: `${TITLES[kind]} for the sample textures`,
  summary: 'Small, for grey textures at any angle; trains in minutes on two cores',
  settings: { ...SAMPLE, regime: { kind } },
}));

/** The losses and terms that Section 2 names, each alone in the product's `ae`. */
const LOSSES: readonly (Omit<NamedRecipe, 'settings'> & { readonly loss: RecipeInput['loss'] })[] = [
  {
    name: 'l1',
    title: 'Absolute difference',
    summary: 'Mean |output − target| in place of the square: outliers pull less',
    loss: { image: { kind: 'l1' } },
  },
  {
    name: 'ssim',
    title: 'SSIM loss',
    summary: '1 − mean SSIM (Bergmann 2018), window Gaussian σ 1.5: structure counts, brightness little',
    loss: { image: { kind: 'ssim' } },
  },
  {
    name: 'features',
    title: 'Feature matching',
    summary:
      'Squared difference and that of features (Eq. 3); the extractor is fixed, with random weights, as no pretrained one is at hand offline',
    loss: { image: { kind: 'features' } },
  },
  {
    name: 'perceptual',
    title: 'Relative perceptual L1',
    summary:
      "Difference of standardised features over their magnitude (Tuluptceva 2020), with random fixed features in place of the authors' pretrained ones",
    loss: { image: { kind: 'perceptual' } },
  },
  {
    name: 'denoise-noise',
    title: 'Denoising, noise',
    summary: 'The network sees patches with Gaussian noise of deviation 0.1 and is asked for the clean ones (Eq. 4)',
    loss: { corruption: { kind: 'noise' } },
  },
  {
    name: 'denoise-blocks',
    title: 'Denoising, deleted blocks',
    summary: 'The network sees patches with three black squares and is asked for the whole ones (Eq. 4; Rádli & Czúni 2021)',
    loss: { corruption: { kind: 'blocks' } },
  },
  {
    name: 'sparse-kl',
    title: 'Sparse code, divergence',
    summary: 'Units of the code are asked to be active in 5 % of a batch (Kullback–Leibler)',
    loss: { latent: { kind: 'sparse-kl' } },
  },
  {
    name: 'sparse-l1',
    title: 'Sparse code, L1',
    summary: 'The mean |z| of the code is kept small',
    loss: { latent: { kind: 'sparse-l1' } },
  },
  {
    name: 'contractive',
    title: 'Contractive',
    summary: 'The code is asked to change little with the input: ‖∂z/∂x‖² (Rifai 2011), estimated along a random direction a step',
    loss: { latent: { kind: 'contractive' } },
  },
  {
    name: 'variational',
    title: 'Variational',
    summary: 'The code is drawn from a normal distribution that is pulled to the standard one (Kingma & Welling 2014), β = 1e-4',
    loss: { latent: { kind: 'variational' } },
  },
  {
    name: 'adversarial',
    title: 'Adversarial',
    summary: 'A discriminator tells codes from standard normal draws, and the encoder learns to fool it (Makhzani 2015)',
    loss: { latent: { kind: 'adversarial' } },
  },
  {
    name: 'siamese',
    title: 'Siamese',
    summary: 'Codes of two patches of a batch are asked to point the same way (Alaverdyan 2020)',
    loss: { latent: { kind: 'siamese' } },
  },
];

const losses: NamedRecipe[] = LOSSES.map(({ name, loss, ...about }) => ({ ...about, name: `loss/${name}`, settings: { loss } }));

export const CATALOGUE: readonly NamedRecipe[] = [...product, recommended, ...losses, ...paper, ...sample];
