import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { storedExpectation, type Measure, type ResidualOptions } from '@plumbline/ml/residuals';
import { recipeSchema, resolveRecipe } from '@plumbline/ml/recipes';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { readReconstruction } from '../modules/evaluations/service.ts';
import { NotFound } from '../problems.ts';
import type { Residuals } from './residualQueue.ts';
import type { Sendable } from './send.ts';

const measureOf = { 'ssim.tiff': 'ssim', 'mse.tiff': 'mse' } as const;
const { ssim, mse } = recipeSchema.shape.residual.unwrap().shape;
const protocolSchema = z.object({ ssim, mse });

/** The residual map of a reconstruction as float32 TIFF at the size of its image; its bytes throw TooManyResiduals. @throws NotFound */
export async function residualFile(context: Context, residuals: Residuals, id: string, file: string): Promise<Sendable> {
  const found = await readReconstruction(context, id, {
    include: { image: true, evaluation: { include: { checkpoint: { include: { run: { include: { recipe: true } } } } } } },
  });
  const measure = measureOf[file as keyof typeof measureOf] as Measure | undefined;
  if (!measure || !isWhole(found)) throw new NotFound('Reconstruction');
  const { image, evaluation, inputSha256, reconstructionSha256 } = found;
  const protocol = protocolSchema.parse(evaluation.protocol);
  const expected = storedExpectation.nullable().parse(evaluation.metrics);
  const options: ResidualOptions = { ...protocol, expected };
  const { geometry } = resolveRecipe(evaluation.checkpoint.run.recipe.document as object);
  const { width, height } = image;
  // What decides the bytes: the tag is known before anything is computed.
  const decides = JSON.stringify([
    'residual map',
    3,
    inputSha256,
    reconstructionSha256,
    measure,
    measure === 'ssim' ? { ssim: protocol.ssim } : { mse: protocol.mse, expected: protocol.mse.expected ? expected : null },
    geometry,
    width,
    height,
  ]);
  const sha256 = createHash('sha256').update(decides).digest('hex');
  let tiff: Promise<Buffer> | undefined;
  const computed = () =>
    (tiff ??= (async () => {
      const [input, reconstruction] = await Promise.all(
        [inputSha256, reconstructionSha256].map((address) => context.storage.localPath(address)),
      );
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
    sha256,
    type: 'image/tiff',
    name: `${image.name.replace(/\.[^.]*$/, '')}.${measure}.tiff`,
    bytes: async () => (await computed()).length,
    open: async (span) => {
      const whole = await computed();
      return Readable.from([span ? whole.subarray(span.start, span.end + 1) : whole]);
    },
  };
}

type Reconstruction = Awaited<ReturnType<typeof readReconstruction>>;
type Whole = Reconstruction & {
  image: { name: string; width: number; height: number };
  evaluation: { protocol: unknown; metrics: unknown; checkpoint: { run: { recipe: { document: unknown } } } };
};

function isWhole(found: Reconstruction): found is Whole {
  return 'image' in found && 'evaluation' in found;
}
