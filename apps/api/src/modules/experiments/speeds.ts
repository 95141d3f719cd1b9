import { recipeSchema, type Recipe } from '@plumbline/ml/recipes';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { teamsWith } from '../../permissions.ts';
import { isAlive } from '../training/service.ts';

/** Of a worker or a run, as far as speed depends on it. */
const engineSchema = z.looseObject({
  engine: z.string(),
  device: z.string(),
  processor: z.string().default(''),
  speed: z.looseObject({ batch: z.number(), stepMilliseconds: z.number() }).nullish(),
});

export interface EngineSpeeds {
  readonly workers: number;
  /** What an image takes in a training step of the paper's autoencoder, on the slowest live worker that was measured; null where none was. */
  readonly stepSecondsPerImage: number | null;
  /** Recent runs on the engines of the live workers. */
  readonly runs: readonly { readonly recipe: Recipe; readonly imagesPerSecond: number }[];
}

const lookedAt = 200;

/** What is known of the speed of the workers that live: runs of the person's teams on engines like theirs, and their measured steps. */
export async function engineSpeeds(context: Context): Promise<EngineSpeeds> {
  const teamIds = teamsWith(context, 'training.run.read');
  const rows = await context.db.worker.findMany({ where: { stoppedAt: null }, orderBy: { heartbeatAt: 'desc' }, take: 100 });
  const engines = rows.filter(isAlive).map(({ engine }) => engineSchema.safeParse(engine).data);
  const known = engines.flatMap((engine) => engine ?? []);
  const key = ({ engine, device, processor }: z.output<typeof engineSchema>): string => `${engine} ${device} ${processor}`;
  const keys = new Set(known.map(key));
  const runs = await context.db.trainingRun.findMany({
    where: { state: 'succeeded', kind: 'reconstruction', imagesPerSecond: { gt: 0 }, project: { teamId: { in: teamIds } } },
    orderBy: { finishedAt: 'desc' },
    take: lookedAt,
    select: { imagesPerSecond: true, engine: true, recipe: { select: { document: true } } },
  });
  const steps = known.flatMap(({ speed }) => (speed ? [speed.stepMilliseconds / 1000 / speed.batch] : []));
  return {
    workers: engines.length,
    stepSecondsPerImage: steps.length > 0 ? Math.max(...steps) : null,
    runs: runs.flatMap(({ imagesPerSecond, engine, recipe }) => {
      const [ran, document] = [engineSchema.safeParse(engine).data, recipeSchema.safeParse(recipe.document).data];
      return imagesPerSecond !== null && ran && keys.has(key(ran)) && document ? [{ recipe: document, imagesPerSecond }] : [];
    }),
  };
}
