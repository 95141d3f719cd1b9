import { resolve } from 'node:path';
import type { TrainingEvent } from '@plumbline/ml';
import { Command } from 'commander';
import { interruption } from '../interruption.ts';
import { folder, recipeFrom, wholeNumber } from '../options.ts';
import { print, printJson } from '../output.ts';
import { duration, Progress } from '../progress.ts';

interface Options {
  readonly data: string;
  readonly recipe: string;
  readonly set?: string[];
  readonly seed: string;
  readonly epochs?: string;
  readonly resume?: boolean;
  readonly wait: string;
  readonly out: string;
  readonly json?: boolean;
}

/** plumbline train: a run folder with checkpoints, manifest.json and history.csv. */
export function trainCommand(): Command {
  return new Command('train')
    .description('trains a recipe on a class folder in MVTec AD layout')
    .requiredOption('--data <dir>', 'class folder (train/good, test/…, ground_truth/…)')
    .requiredOption('--recipe <name|file>', 'recipe (see plumbline recipe)')
    .requiredOption('--out <run>', 'folder for the run')
    .option('--set <option=value...>', 'change options of the recipe, e.g. --set data.trainPatches=256')
    .option('--seed <n>', 'decides weights, patches, their order and the held-out images', '1')
    .option('--epochs <n>', 'short for --set training.epochs=n')
    .option('--resume', 'continue the run that is in --out')
    .option('--wait <seconds>', 'how long to wait while another process trains the same run', '0')
    .option('--json', "print the run's manifest as one JSON document")
    .action(async (options: Options) => {
      const seed = wholeNumber('--seed', options.seed, 0);
      const patience = 1000 * wholeNumber('--wait', options.wait, 0);
      const epochs = options.epochs === undefined ? [] : [`training.epochs=${wholeNumber('--epochs', options.epochs, 1)}`];
      const recipe = recipeFrom(options.recipe, [...(options.set ?? []), ...epochs]);
      const data = folder('--data', options.data);
      // Loaded when it is needed: a typing mistake is answered at once.
      const { readMvtecDataset, train } = await import('@plumbline/ml');
      const { openEngineHere } = await import('../open.ts');
      const dataset = await readMvtecDataset(data);
      const out = resolve(options.out);
      const signal = interruption('Stopping after this step; --resume continues from the last epoch.');
      const engine = await openEngineHere();
      const progress = new Progress(false);
      try {
        const result = await train({
          engine,
          recipe,
          dataset,
          seed,
          out,
          resume: options.resume ?? false,
          patience,
          signal,
          onEvent: (event) => report(progress, event),
        });
        if (options.json) return printJson(result.manifest);
        const { best, last } = result.manifest.checkpoints;
        print(
          `${out}: ${result.manifest.epochsDone} epochs, best epoch ${best?.epoch ?? 0} with ${best?.loss.toFixed(1) ?? '–'}, last weights ${last?.sha256 ?? '–'}`,
        );
      } finally {
        progress.end();
      }
    });
}

let stepsInAll = 0;

function report(progress: Progress, event: TrainingEvent): void {
  switch (event.kind) {
    case 'prepared':
      stepsInAll = event.epochs * event.stepsPerEpoch;
      progress.line(
        `${event.trainPatches} patches of ${event.trainImages} images, ${event.validationImages} images held out, ` +
          `${event.epochs} epochs of ${event.stepsPerEpoch} steps; a constant image's loss is ${event.dataVariance.toFixed(1)}`,
      );
      break;
    case 'step':
      progress.update(
        'Training',
        event.step,
        stepsInAll,
        event.secondsLeft,
        `loss ${event.loss.toFixed(1)}, ${event.imagesPerSecond.toFixed(0)} patches/s`,
      );
      break;
    case 'epoch':
      progress.line(
        `epoch ${event.epoch}: training ${event.trainLoss.toFixed(1)}, validation ${event.validationLoss?.toFixed(1) ?? '–'}, ` +
          `${duration(event.seconds)}${event.secondsLeft > 0 ? `, ${duration(event.secondsLeft)} left` : ''}`,
      );
      break;
    case 'warning':
      progress.line(`warning: ${event.message}`);
      break;
    case 'left-dead-start':
      progress.line(`epoch ${event.epoch}: the loss has left the data's variance`);
      break;
    case 'preview':
    case 'checkpoint':
      break;
  }
}
