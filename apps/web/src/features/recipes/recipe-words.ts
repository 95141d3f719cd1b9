import type { RecipeField } from '@plumbline/ml/recipes';
import { valueAt } from './recipe-document.ts';

/** A recipe's options in words for people who do not write recipe files: sections, titles, choices and help. */

const sectionNames: Readonly<Record<string, string>> = {
  recipe: 'General',
  geometry: 'Geometry',
  data: 'Data',
  augmentation: 'Augmentation',
  model: 'Model',
  regime: 'Regime',
  orientation: 'Localisation network',
  loss: 'Loss',
  training: 'Training',
  residual: 'Residual',
};

/** Sections in the order in which a person decides them. */
export const sectionOrder: readonly string[] = Object.keys(sectionNames);

export function sectionName(section: string): string {
  return sectionNames[section] ?? section;
}

/** Options that choose the form of their group, and others whose title says too little away from their group. */
const titles: Readonly<Record<string, string>> = {
  'geometry.kind': 'Geometry',
  'geometry.scale.by': 'Scale by',
  'loss.image.kind': 'Image loss',
  'loss.image.weight': 'Weight of features',
  'loss.image.image': 'Weight of pixels',
  'loss.latent.kind': 'Code penalty',
  'loss.latent.weight': 'Weight of the penalty',
  'loss.latent.beta': 'Weight of the penalty, β',
  'loss.corruption.kind': 'Input corruption',
  'regime.kind': 'Regime',
};

const helps: Readonly<Record<string, string>> = {
  'geometry.kind': 'Whether images keep their proportions and are stitched from overlapping patches, or become four padded patches',
  'geometry.scale.by': 'How the size is chosen to which every image is brought',
  'loss.image.kind': 'What the reconstruction is compared by',
  'loss.latent.kind': 'What is asked of the code besides the image',
  'loss.corruption.kind': 'What is done to the input, not to what it should become',
  'regime.kind': 'How orientation normalisation takes part',
};

const none = { none: 'none' };
const window = { gaussian: 'Gaussian', uniform: 'uniform' };

/** Choices in words, by path or by its last part. */
const choices: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'geometry.kind': { image: 'whole images', patch: 'four padded patches (paper)' },
  'geometry.scale.by': { shortSide: 'short side', factor: 'factor' },
  channels: { 3: 'colour', 1: 'grey' },
  standardise: { roi: 'by mean and deviation', ...none },
  'model.kind': { autoencoder: 'autoencoder' },
  activation: { 'leaky-relu': 'leaky ReLU', relu: 'ReLU' },
  output: { sigmoid: 'sigmoid', linear: 'linear' },
  'model.initialisation': { 'kaiming-true-fan': 'Kaiming, true fan', kaiming: 'Kaiming' },
  'loss.image.kind': {
    l2: 'squared difference',
    l1: 'absolute difference',
    ssim: '1 − SSIM',
    features: 'squared difference and features',
    perceptual: 'perceptual features',
  },
  'loss.region': { roi: 'the patch alone', all: 'with the padding' },
  'loss.taken': { after: 'after turning back', before: 'before turning back' },
  'loss.latent.kind': {
    ...none,
    'sparse-kl': 'sparse, by divergence',
    'sparse-l1': 'sparse, by absolute value',
    contractive: 'contractive',
    variational: 'variational',
    adversarial: 'adversarial',
    siamese: 'Siamese',
  },
  'loss.corruption.kind': { ...none, noise: 'noise', blocks: 'deleted blocks' },
  window,
  colours: { grey: 'mean of the channels', all: 'each channel' },
  head: { vector: 'vector (cos 2α, sin 2α)', scalar: 'the angle itself' },
  'orientation.initialisation': { random: 'random', identity: 'identity' },
  mask: { after: 'after turning', before: 'before turning (Eq. 7)', disc: 'inscribed disc' },
  'regime.kind': {
    ae: 'autoencoder alone',
    'stn-random': 'normalised, from random weights',
    'stn-frozen': 'normalised, frozen',
    'stn-finetuned': 'normalised, refined',
    'sampler-only': 'turned at random and back',
    search: 'normalised by search',
    'multi-start': 'normalised from several starts',
    orientation: 'localisation network alone',
  },
  sampler: { bilinear: 'bilinear', legacy: 'legacy', nearest: 'nearest pixel' },
  schedule: { constant: 'constant', cosine: 'cosine' },
  decayKind: { l2: 'in the gradient (L2)', decoupled: 'decoupled', 'learning-rate': 'of the learning rate' },
  imageScore: { max: 'maximum', top1pc: 'mean of the top 1 %', mean: 'mean' },
};

export function fieldTitle({ path, title }: Pick<RecipeField, 'path' | 'title'>): string {
  return titles[path] ?? title;
}

/** What an option is for; where the recipe file writes null, a form is left empty. */
export function fieldHelp({ path, help }: Pick<RecipeField, 'path' | 'help'>): string {
  return (helps[path] ?? help).replaceAll(/\bnull\b/g, 'empty');
}

/** A choice in words; undefined for one that has none. */
export function choiceWords(path: string, choice: string): string | undefined {
  return (choices[path] ?? choices[path.split('.').at(-1) ?? ''])?.[choice];
}

/** An option's value (as the form's text) in words. */
export function valueWords({ path, type, nullable }: Pick<RecipeField, 'path' | 'type' | 'nullable'>, text: string): string {
  if (text === '' && nullable) return 'automatic';
  if (type === 'boolean') return text === 'true' ? 'yes' : 'no';
  return choiceWords(path, text) ?? text;
}

/** What is wrong with a field, said under it: without the option's path, and with titles for the paths of others. */
export function fieldProblem(message: string, path: string, fields: readonly Pick<RecipeField, 'path' | 'title'>[]): string {
  const own = message.startsWith(`${path} `) ? message.slice(path.length + 1) : message;
  const but = own.indexOf(', but ');
  let text = (own.startsWith('is ') && but > 0 ? own.slice(but + ', but '.length) : own).replaceAll(/\bnull\b/g, 'empty');
  for (const field of fields) if (field.path.includes('.')) text = text.replaceAll(field.path, `“${fieldTitle(field)}”`);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Why the platform does not train a recipe, or null. */
export function notTrainedHere(document: unknown): string | null {
  return valueAt(document, 'regime.kind') === 'orientation'
    ? 'It trains the localisation network alone, which an evaluation here cannot measure. Use plumbline train on the command line.'
    : null;
}
