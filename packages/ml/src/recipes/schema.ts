import { z } from 'zod';
import { about, positive, share } from './field.ts';
import { recipeProblem } from './recipe-fit.ts';
import { lossSchema } from './loss-schema.ts';
import { orientationSchema, regimeSchema } from './orientation-schema.ts';
import { residualSchema } from './residual-schema.ts';
import { trainingSchema } from './training-schema.ts';

/**
 * Everything that decides a model but the data and the seed. Every field has a default, so that `{}` is the product's own `ae` recipe;
 * titles, help and units are data on the schema (`describeRecipe` lists them), so that a form and a manual can be made from it.
 * Unknown keys are refused: a misspelt option must not be ignored.
 */

const scaleSchema = z.discriminatedUnion('by', [
  z.strictObject({
    by: z.literal('shortSide'),
    value: z
      .number()
      .int()
      .min(90)
      .max(4096)
      .default(181)
      .meta(about('Short side', 'Every image is resized so that its short side has this length', 'px')),
  }),
  z.strictObject({
    by: z.literal('factor'),
    value: z.number().min(0.01).max(16).default(0.7071).meta(about('Scale factor', 'Every image is resized by this factor')),
  }),
]);

const imageGeometrySchema = z
  .strictObject({
    kind: z.literal('image'),
    scale: scaleSchema.prefault({ by: 'shortSide' }),
    patch: z
      .number()
      .int()
      .min(16)
      .default(90)
      .meta(about('Patch', 'Side of the square patches; it turns freely inside the input', 'px')),
    input: positive.default(128).meta(about('Input', 'Side of the network input; the patch is zero-padded to it', 'px')),
    stride: positive.default(45).meta(about('Stride', 'Distance at which patches are aimed to be laid when an image is stitched', 'px')),
  })
  .refine((value) => value.input >= value.patch && (value.input - value.patch) % 2 === 0, {
    path: ['patch'],
    message: 'must be at most geometry.input and differ from it by an even number, so that the padding is whole',
  })
  .refine((value) => value.stride <= value.patch, {
    path: ['stride'],
    message: 'must be at most geometry.patch, or pixels stay uncovered',
  });

const patchGeometrySchema = z
  .strictObject({
    kind: z.literal('patch'),
    resize: positive.default(256).meta(about('Resize', 'Every image becomes a square of this side', 'px')),
    patch: z
      .number()
      .int()
      .min(16)
      .default(128)
      .meta(about('Patch', 'Side of the squares cut from it', 'px')),
    padded: positive.default(181).meta(about('Padded', 'Side after zero-padding: the patch turns freely inside', 'px')),
    input: positive.default(128).meta(about('Input', 'Side of the network input; the padded square is resized to it', 'px')),
  })
  .refine((value) => value.patch <= value.resize, { path: ['patch'], message: 'must be at most geometry.resize' })
  .refine((value) => value.padded >= value.patch, { path: ['padded'], message: 'must be at least geometry.patch' });

/** The network is Table 1: its last convolution covers 8×8, which is what four halvings leave of 128. */
export const NETWORK_INPUT = 128;

const geometrySchema = z
  .discriminatedUnion('kind', [imageGeometrySchema, patchGeometrySchema])
  .prefault({ kind: 'image' })
  .refine((value) => value.input === NETWORK_INPUT, {
    path: ['input'],
    message: `must be ${NETWORK_INPUT}, the input of the paper's Table 1`,
  });

const dataSchema = z.strictObject({
  trainPatches: positive
    .nullable()
    .default(null)
    .meta(
      about(
        'Training patches',
        'How many patches are drawn from the training images; null = as many as the evaluation grid lays over them',
      ),
    ),
  validationShare: z
    .number()
    .min(0)
    .max(0.9)
    .default(0.2)
    .meta(
      about(
        'Validation share',
        'Share of the training images set aside for validation, by whole images, when the dataset has no validation split',
      ),
    ),
});

const augmentationSchema = z.strictObject({
  rotation: z
    .strictObject({
      probability: share.default(0.3).meta(about('Rotation probability', 'Share of the training patches that are cut turned')),
      degrees: z
        .number()
        .min(0)
        .max(180)
        .default(45)
        .meta(about('Largest rotation', 'Turned patches take an angle from ± this; 180 is the full circle', '°')),
    })
    .prefault({}),
  cover: z
    .boolean()
    .default(true)
    .meta(
      about(
        'Cover borders',
        'Draw positions from half a patch beyond the image and clamp, so that borders are seen as often as the middle',
      ),
    ),
});

const modelSchema = z.strictObject({
  kind: z.literal('autoencoder').default('autoencoder').meta(about('Model', "The paper's Table 1")),
  latent: positive.max(4096).default(100).meta(about('Latent size', 'Length d of the code between encoder and decoder')),
  activation: z
    .enum(['leaky-relu', 'relu'])
    .default('leaky-relu')
    .meta(about('Activation', 'Of the hidden layers; the latent stays linear')),
  slope: z.number().min(0).max(1).default(0.2).meta(about('Negative slope', 'Of the leaky ReLU')),
  output: z.enum(['sigmoid', 'linear']).default('sigmoid').meta(about('Output', 'Activation of the last layer')),
  initialisation: z
    .enum(['kaiming-true-fan', 'kaiming'])
    .default('kaiming-true-fan')
    .meta(about('Initialisation', 'Kaiming; the true fan divides a transposed convolution by its stride², which shortens the dead start')),
});

const optionsSchema = z.strictObject({
  name: z.string().min(1).max(120).default('ae').meta(about('Name', 'What people call it; not part of the hash')),
  geometry: geometrySchema,
  channels: z
    .union([z.literal(3), z.literal(1)])
    .default(3)
    .meta(about('Channels', '3 for colour (grey is replicated), 1 for grey')),
  standardise: z
    .enum(['roi', 'none'])
    .default('roi')
    .meta(about('Standardise', "The network sees (x − mean) / deviation of the training set's ROI per channel, and 0 in the padding")),
  data: dataSchema.prefault({}),
  augmentation: augmentationSchema.prefault({}),
  model: modelSchema.prefault({}),
  loss: lossSchema.prefault({}),
  orientation: orientationSchema.prefault({}),
  regime: regimeSchema,
  training: trainingSchema({ epochs: 40, batch: 16, warmup: 50, learningRate: 1e-3 }).prefault({}),
  residual: residualSchema.prefault({}),
});

export const recipeSchema = optionsSchema.superRefine((recipe, context) => {
  const problem = recipeProblem(recipe);
  if (problem) context.addIssue({ code: 'custom', ...problem });
});

export type Recipe = z.infer<typeof recipeSchema>;
export type RecipeInput = z.input<typeof recipeSchema>;
export type Geometry = Recipe['geometry'];
export type ImageGeometry = Extract<Geometry, { kind: 'image' }>;
export type PatchGeometry = Extract<Geometry, { kind: 'patch' }>;
