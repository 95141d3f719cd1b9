import { UsageError } from '../failure.ts';
import { interruption } from '../interruption.ts';
import { recipeFrom, wholeNumber } from '../options.ts';
import { print, printJson } from '../output.ts';
import { Server, type ServerOptions } from '../server/connection.ts';
import { datasetOn, projectOn } from '../server/places.ts';
import { startRun } from '../server/runs.ts';
import { describeWork } from '../server/states.ts';
import { tellEnd, watch } from '../server/watching.ts';

export interface TrainThereOptions extends ServerOptions {
  readonly dataset: string;
  readonly project?: string;
  readonly recipe: string;
  readonly set?: string[];
  readonly seed: string;
  readonly epochs?: string;
  readonly name?: string;
  readonly watch?: boolean;
  readonly json?: boolean;
  /** What has a meaning only for a training here. */
  readonly data?: string;
  readonly out?: string;
  readonly stn?: string;
  readonly resume?: boolean;
}

/** plumbline train --dataset: the same training on a server, which queues it and evaluates it when it has succeeded. */
export async function trainThere(options: TrainThereOptions): Promise<void> {
  for (const name of ['data', 'out', 'stn', 'resume'] as const)
    if (options[name] !== undefined)
      throw new UsageError(`--${name} is for a training on this machine, --dataset for one on a server; leave one out.`);
  const server = Server.from(options);
  const seed = wholeNumber('--seed', options.seed, 0);
  const epochs = options.epochs === undefined ? null : wholeNumber('--epochs', options.epochs, 1);
  const sets = options.set ?? [];
  const recipe = recipeFrom(options.recipe, sets);
  const signal = interruption('Stopped watching; the training goes on at the server.');
  const dataset = await datasetOn(server, await projectOn(server, options.project), options.dataset);
  const run = await startRun(server, { dataset, base: options.recipe, sets, recipe, seed, epochs, variantName: options.name ?? null });
  if (!options.watch) {
    if (options.json) return printJson(run);
    return print(describeWork(run), `plumbline status ${run.id} --watch follows it`);
  }
  tellEnd(await watch(server, run.id, signal), options);
}
