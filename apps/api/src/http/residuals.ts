import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import type { Measure, ResidualOptions } from '@plumbline/ml/residuals';
import { recipeSchema, resolveRecipe, type Geometry } from '@plumbline/ml/recipes';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { readReconstruction } from '../modules/evaluations/service.ts';
import { NotFound } from '../problems.ts';
import type { Sendable } from './send.ts';

/** One map to be computed. */
export interface ResidualTask {
  /** Local paths of the two pictures. */
  readonly input: string;
  readonly reconstruction: string;
  readonly measure: Measure;
  readonly options: ResidualOptions;
  /** How the recipe made a network image of a photograph: in `patch` the two pictures are sheets of padded tiles. */
  readonly geometry: Geometry;
  /** Size of the original image. */
  readonly width: number;
  readonly height: number;
}

export type ResidualAnswer = { readonly id: number; readonly tiff: Uint8Array } | { readonly id: number; readonly error: string };

/** Computes residual maps beside the event loop, one after another: a map of a large image takes a second, and requests must not wait for it. */
export interface Residuals {
  compute(task: ResidualTask): Promise<Buffer>;
  stop(): Promise<void>;
}

export function createResiduals(): Residuals {
  let worker: Worker | null = null;
  let count = 0;
  const waiting = new Map<number, { done(tiff: Buffer): void; fail(error: Error): void }>();

  function failAll(error: Error): void {
    worker = null;
    for (const { fail } of waiting.values()) fail(error);
    waiting.clear();
  }

  function start(): Worker {
    // tsx must be there before the thread reads TypeScript.
    const thread = new Worker(new URL('./residualThread.mjs', import.meta.url));
    thread.on('message', (answer: ResidualAnswer) => {
      const asked = waiting.get(answer.id);
      waiting.delete(answer.id);
      if ('tiff' in answer) asked?.done(Buffer.from(answer.tiff.buffer, answer.tiff.byteOffset, answer.tiff.byteLength));
      else asked?.fail(new Error(answer.error));
    });
    thread.on('error', failAll);
    thread.on('exit', () => failAll(new Error('The thread that computes residual maps ended.')));
    thread.unref();
    return thread;
  }

  return {
    compute(task) {
      worker ??= start();
      const id = count++;
      return new Promise((done, fail) => {
        waiting.set(id, { done, fail });
        worker?.postMessage({ id, task });
      });
    },
    async stop() {
      await worker?.terminate();
    },
  };
}

const measureOf = { 'ssim.tiff': 'ssim', 'mse.tiff': 'mse' } as const;
const protocolSchema = z.object({ ssim: recipeSchema.shape.residual.unwrap().shape.ssim });

/** The residual map of a reconstruction as float32 TIFF at the size of its image. @throws NotFound */
export async function residualFile(context: Context, residuals: Residuals, id: string, file: string): Promise<Sendable> {
  const found = await readReconstruction(context, id, {
    include: { image: true, evaluation: { include: { checkpoint: { include: { run: { include: { recipe: true } } } } } } },
  });
  const measure = measureOf[file as keyof typeof measureOf] as Measure | undefined;
  if (!measure || !isWhole(found)) throw new NotFound('Reconstruction');
  const { image, evaluation, inputSha256, reconstructionSha256 } = found;
  const options = protocolSchema.parse(evaluation.protocol);
  const { geometry } = resolveRecipe(evaluation.checkpoint.run.recipe.document as object);
  const { width, height } = image;
  // What decides the bytes: the tag is known before anything is computed.
  const decides = JSON.stringify([
    'residual map',
    2,
    inputSha256,
    reconstructionSha256,
    measure,
    measure === 'ssim' ? options : null,
    geometry,
    width,
    height,
  ]);
  let tiff: Promise<Buffer> | undefined;
  const computed = () =>
    (tiff ??= (async () => {
      const [input, reconstruction] = await Promise.all(
        [inputSha256, reconstructionSha256].map((sha256) => context.storage.localPath(sha256)),
      );
      return residuals.compute({ input: input ?? '', reconstruction: reconstruction ?? '', measure, options, geometry, width, height });
    })());
  return {
    sha256: createHash('sha256').update(decides).digest('hex'),
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
  evaluation: { protocol: unknown; checkpoint: { run: { recipe: { document: unknown } } } };
};

function isWhole(found: Reconstruction): found is Whole {
  return 'image' in found && 'evaluation' in found;
}
