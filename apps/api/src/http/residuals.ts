import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { float32TiffBytes } from '@plumbline/ml/images';
import { storedExpectation, type Measure, type ResidualOptions } from '@plumbline/ml/residuals';
import { recipeSchema, resolveRecipe, type Geometry } from '@plumbline/ml/recipes';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { readReconstruction } from '../modules/evaluations/service.ts';
import { NotFound } from '../problems.ts';
import type { Residuals } from './residualQueue.ts';
import type { Sendable } from './send.ts';

const measureOf = { 'ssim.tiff': 'ssim', 'mse.tiff': 'mse' } as const;
const { ssim, mse } = recipeSchema.shape.residual.unwrap().shape;
const protocolSchema = z.object({ ssim, mse });

/** What an evaluation says about how its maps come to be. */
export interface MeasuredBy {
  readonly protocol: unknown;
  readonly metrics: unknown;
  readonly checkpoint: { readonly run: { readonly recipe: { readonly document: unknown } } };
}
export const measuredBy = { checkpoint: { include: { run: { include: { recipe: true } } } } } as const;

/** The two pictures of an image, and the image's own size. */
export interface Pictures {
  readonly inputSha256: string;
  readonly reconstructionSha256: string;
  readonly image: { readonly name: string; readonly width: number; readonly height: number };
}

/** A residual map of a reconstruction by its file name, at the size of its image; its bytes throw TooManyResiduals. @throws NotFound */
export async function residualFile(context: Context, residuals: Residuals, id: string, file: string): Promise<Sendable> {
  const found = await readReconstruction(context, id, { include: { image: true, evaluation: { include: measuredBy } } });
  const measure = measureOf[file as keyof typeof measureOf] as Measure | undefined;
  if (!measure || !isWhole(found)) throw new NotFound('Reconstruction');
  return residualMapFile(context, residuals, residualSettings(found.evaluation), found, measure);
}

export interface ResidualSettings {
  readonly options: ResidualOptions;
  readonly geometry: Geometry;
}

/** What decides the maps of every image of an evaluation. */
export function residualSettings({ protocol, metrics, checkpoint }: MeasuredBy): ResidualSettings {
  return {
    options: { ...protocolSchema.parse(protocol), expected: storedExpectation.nullable().parse(metrics) },
    geometry: resolveRecipe(checkpoint.run.recipe.document as object).geometry,
  };
}

/** A residual map as float32 TIFF; its bytes throw TooManyResiduals. */
export function residualMapFile(
  { storage }: Pick<Context, 'storage'>,
  residuals: Residuals,
  { options, geometry }: ResidualSettings,
  { inputSha256, reconstructionSha256, image }: Pictures,
  measure: Measure,
): Sendable {
  const { width, height } = image;
  // What decides the bytes: the tag is known before anything is computed.
  const decides = JSON.stringify([
    'residual map',
    3,
    inputSha256,
    reconstructionSha256,
    measure,
    measure === 'ssim' ? { ssim: options.ssim } : { mse: options.mse, expected: options.mse?.expected ? options.expected : null },
    geometry,
    width,
    height,
  ]);
  const sha256 = createHash('sha256').update(decides).digest('hex');
  let tiff: Promise<Buffer> | undefined;
  const computed = () =>
    (tiff ??= (async () => {
      const [input, reconstruction] = await Promise.all([inputSha256, reconstructionSha256].map((address) => storage.localPath(address)));
      return residuals.compute(sha256, {
        input: input ?? '',
        reconstruction: reconstruction ?? '',
        measure,
        options,
        geometry,
        width,
        height,
      });
    })());
  return {
    tag: sha256,
    type: 'image/tiff',
    name: `${image.name.replace(/\.[^.]*$/, '')}.${measure}.tiff`,
    bytes: async () => float32TiffBytes(width, height),
    digest: async () =>
      createHash('sha256')
        .update(await computed())
        .digest('hex'),
    open: async (span) => {
      const whole = await computed();
      return Readable.from([span ? whole.subarray(span.start, span.end + 1) : whole]);
    },
  };
}

type Reconstruction = Awaited<ReturnType<typeof readReconstruction>>;
type Whole = Reconstruction & Pictures & { evaluation: MeasuredBy };

function isWhole(found: Reconstruction): found is Whole {
  return 'image' in found && 'evaluation' in found;
}
