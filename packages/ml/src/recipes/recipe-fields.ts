import type { Recipe } from './schema.ts';

/** The groups in which a person decides a recipe, in that order. */
export const RECIPE_GROUPS = ['geometry', 'augmentation', 'model', 'loss', 'normalisation', 'training', 'residual'] as const;
export type RecipeGroup = (typeof RECIPE_GROUPS)[number];

/** What a form says of an option besides its title, help and unit, which stand in the schema. */
export interface FieldFacts {
  readonly group: RecipeGroup;
  /** Where the paper (Rádli & Czúni 2022) speaks of it, e.g. "Section 8.1"; null where the option is this project's own. */
  readonly paper: string | null;
  /** Values that usually make sense, both ends included; narrower than what the schema allows. Null where there is nothing to say. */
  readonly sensible: readonly [number, number] | null;
  /** Whether it changes how long a training takes or how much memory it needs. */
  readonly cost: boolean;
}

interface More {
  readonly sensible?: readonly [number, number];
  readonly cost?: true;
}

const of =
  (group: RecipeGroup) =>
  (paper: string | null, { sensible, cost }: More = {}): FieldFacts => ({ group, paper, sensible: sensible ?? null, cost: cost === true });
const geometry = of('geometry');
const augmentation = of('augmentation');
const model = of('model');
const loss = of('loss');
const normalisation = of('normalisation');
const training = of('training');
const residual = of('residual');

/** By path; `path@form` where an option means something else in another form of its group. Every option of the schema has an entry. */
const FACTS: Readonly<Record<string, FieldFacts>> = {
  name: model(null),
  'geometry.kind': geometry('Section 7', { cost: true }),
  'geometry.scale.by': geometry(null),
  'geometry.scale.value@shortSide': geometry('Section 7', { sensible: [128, 512], cost: true }),
  'geometry.scale.value@factor': geometry(null, { sensible: [0.1, 2], cost: true }),
  'geometry.patch@image': geometry('Section 7', { sensible: [64, 90] }),
  'geometry.patch@patch': geometry('Section 7', { sensible: [90, 128] }),
  'geometry.input': geometry('Section 3.1, Table 1'),
  'geometry.stride': geometry(null, { sensible: [23, 90], cost: true }),
  'geometry.resize': geometry('Section 7', { sensible: [128, 512], cost: true }),
  'geometry.padded': geometry('Section 6, Fig. 6', { sensible: [128, 181] }),
  channels: geometry('Section 3.1, Table 1', { cost: true }),
  standardise: geometry(null),
  'augmentation.rotation.probability': augmentation('Section 7'),
  'augmentation.rotation.degrees': augmentation('Section 7', { sensible: [10, 180] }),
  'augmentation.cover': augmentation('Section 7'),
  'model.kind': model('Section 3.1, Table 1'),
  'model.latent': model('Section 8.1, Table 1', { sensible: [16, 512] }),
  'model.activation': model('Section 3.1'),
  'model.slope': model('Section 3.1', { sensible: [0.01, 0.3] }),
  'model.output': model('Section 3.1'),
  'model.initialisation': model(null),
  'loss.image.kind': loss('Section 2, Eq. 2–3', { cost: true }),
  'loss.image.window': loss('Section 2'),
  'loss.image.sigma': loss('Section 2', { sensible: [0.5, 4] }),
  'loss.image.size': loss('Section 2', { sensible: [7, 15], cost: true }),
  'loss.image.weight': loss('Section 2, Eq. 3', { sensible: [0.01, 10] }),
  'loss.image.image': loss('Section 2, Eq. 3', { sensible: [0, 10] }),
  'loss.region': loss('Section 8.2'),
  'loss.taken': loss('Section 5, Fig. 2'),
  'loss.latent.kind': loss('Section 2, Eq. 2', { cost: true }),
  'loss.latent.weight': loss('Section 2, Eq. 2', { sensible: [1e-6, 0.1] }),
  'loss.latent.target': loss('Section 2', { sensible: [0.01, 0.2] }),
  'loss.latent.beta': loss('Section 2', { sensible: [1e-6, 0.01] }),
  'loss.latent.hidden': loss('Section 2', { sensible: [16, 512], cost: true }),
  'loss.latent.learningRate': loss('Section 2', { sensible: [1e-5, 1e-2] }),
  'loss.corruption.kind': loss('Section 2, Eq. 4'),
  'loss.corruption.deviation': loss('Section 2, Eq. 4', { sensible: [0.02, 0.3] }),
  'loss.corruption.touched': loss('Section 2', { sensible: [0.1, 10] }),
  'loss.corruption.count': loss('Section 2, Eq. 4', { sensible: [1, 10] }),
  'loss.corruption.side': loss('Section 2, Eq. 4', { sensible: [4, 32] }),
  'regime.kind': normalisation('Sections 5 and 8.1', { cost: true }),
  'regime.sampler': normalisation('Section 5, Fig. 4'),
  'regime.rateShare': normalisation('Section 8.1', { sensible: [0.01, 1] }),
  'regime.starts': normalisation('Section 5', { sensible: [2, 8], cost: true }),
  'orientation.side': normalisation('Section 6.1', { cost: true }),
  'orientation.colours': normalisation('Section 6.1'),
  'orientation.head': normalisation('Section 6.1, Eq. 8'),
  'orientation.initialisation': normalisation('Section 6.1'),
  'orientation.mask': normalisation('Section 6, Eq. 7'),
  'orientation.degrees': normalisation('Section 7', { sensible: [45, 180] }),
  'orientation.patches': normalisation('Section 6.1', { sensible: [500, 10_000], cost: true }),
  'orientation.training.epochs': normalisation('Section 6.1', { sensible: [5, 100], cost: true }),
  'orientation.training.batch': normalisation('Section 6.1', { sensible: [8, 256], cost: true }),
  'orientation.training.learningRate': normalisation('Section 6.1', { sensible: [1e-5, 1e-2] }),
  'orientation.training.schedule': normalisation(null),
  'orientation.training.warmup': normalisation(null, { sensible: [0, 500] }),
  'orientation.training.weightDecay': normalisation('Section 6.1', { sensible: [0, 1e-3] }),
  'orientation.training.decayKind': normalisation('Section 6.1'),
  'orientation.training.epsilon': normalisation(null, { sensible: [1e-8, 1e-6] }),
  'data.trainPatches': training('Section 6.1', { sensible: [500, 20_000], cost: true }),
  'data.validationShare': training('Section 6.1', { sensible: [0.1, 0.3] }),
  'training.epochs': training('Section 8.1', { sensible: [5, 400], cost: true }),
  'training.batch': training(null, { sensible: [8, 256], cost: true }),
  'training.learningRate': training('Section 8.1', { sensible: [1e-5, 1e-2] }),
  'training.schedule': training('Section 8.1'),
  'training.warmup': training(null, { sensible: [0, 500] }),
  'training.weightDecay': training('Section 8.1', { sensible: [0, 1e-3] }),
  'training.decayKind': training('Section 8.1'),
  'training.epsilon': training(null, { sensible: [1e-8, 1e-6] }),
  'residual.ssim.window': residual('Section 8.2'),
  'residual.ssim.sigma': residual(null, { sensible: [0.5, 4] }),
  'residual.ssim.size': residual('Section 8.2', { sensible: [7, 15] }),
  'residual.mse.sigma': residual(null, { sensible: [0, 4] }),
  'residual.mse.expected': residual(null),
  'residual.imageScore': residual(null),
  'residual.thresholdQuantile': residual('Section 3, Eq. 5', { sensible: [0.95, 0.999] }),
  'residual.paperMode': residual('Section 8.2'),
};

/** Entries of the table, for the test that none is left over. */
export const factKeys: readonly string[] = Object.keys(FACTS);

/** The table's key of an option in a form of its group. */
export function factKey(path: string, form: string | null): string {
  return form !== null && `${path}@${form}` in FACTS ? `${path}@${form}` : path;
}

/** @throws RangeError for a path that no entry speaks of: a new option of the schema needs one */
export function factsOf(path: string, form: string | null): FieldFacts {
  const facts = FACTS[factKey(path, form)];
  if (!facts) throw new RangeError(`${path} has no entry in recipe-fields.ts; say there which group it belongs to and what it changes`);
  return facts;
}

/** A condition on a recipe under which options do nothing, and the sentence that says so. */
interface Idle {
  readonly paths: (path: string) => boolean;
  readonly when: (recipe: Recipe) => boolean;
  readonly because: string;
}

const regimeIs =
  (...kinds: readonly string[]) =>
  ({ regime }: Recipe): boolean =>
    kinds.includes(regime.kind);
const network = ['orientation.side', 'orientation.colours', 'orientation.head'];
const preTraining = (path: string): boolean =>
  path.startsWith('orientation.training.') || path === 'orientation.degrees' || path === 'orientation.patches';

const IDLE: readonly Idle[] = [
  {
    paths: (path) => path.startsWith('orientation.'),
    when: regimeIs('ae', 'sampler-only'),
    because: 'This regime has no localisation network.',
  },
  {
    paths: (path) => network.includes(path) || path === 'orientation.initialisation',
    when: regimeIs('search'),
    because: 'This regime searches the orientation and has no localisation network.',
  },
  { paths: preTraining, when: regimeIs('search'), because: 'Nothing is pre-trained where the orientation is searched.' },
  {
    paths: (path) => preTraining(path) || path === 'orientation.mask',
    when: regimeIs('stn-random'),
    because: 'In this regime the localisation network learns from the reconstruction alone and is not pre-trained.',
  },
  {
    paths: (path) => /^(model|loss|training)\./.test(path),
    when: regimeIs('orientation'),
    because: 'This regime trains the localisation network alone.',
  },
  {
    paths: (path) => path === 'loss.taken',
    when: regimeIs('ae'),
    because: 'Nothing is turned in this regime, so before and after are the same.',
  },
  {
    paths: (path) => path === 'model.slope',
    when: ({ model }) => model.activation === 'relu',
    because: 'Only the leaky ReLU has a negative slope.',
  },
  {
    paths: (path) => path === 'augmentation.rotation.degrees',
    when: ({ augmentation }) => augmentation.rotation.probability === 0,
    because: 'No patch is turned at a rotation probability of 0.',
  },
  {
    paths: (path) => path === 'loss.image.sigma',
    when: ({ loss: { image } }) => image.kind === 'ssim' && image.window === 'uniform',
    because: 'Only the Gaussian window has a σ.',
  },
  {
    paths: (path) => path === 'residual.ssim.sigma',
    when: ({ residual: { ssim } }) => ssim.window === 'uniform',
    because: 'Only the Gaussian window has a σ.',
  },
];

/** Why an option of a recipe changes nothing there, one sentence; null where it takes effect. */
export function idleReason(recipe: Recipe, path: string): string | null {
  return IDLE.find(({ paths, when }) => paths(path) && when(recipe))?.because ?? null;
}
