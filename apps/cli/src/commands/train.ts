import type { RunManifest } from '@plumbline/ml';
import { Command } from 'commander';
import { interruption } from '../interruption.ts';
import { folder, outFolder, recipeFrom, wholeNumber } from '../options.ts';
import { print, printJson } from '../output.ts';
import { Progress } from '../progress.ts';
import { withServer, type ServerOptions } from '../server/connection.ts';
import { TrainingReport } from '../training-report.ts';

interface Options extends ServerOptions {
  readonly data?: string;
  readonly recipe: string;
  readonly set?: string[];
  readonly seed: string;
  readonly epochs?: string;
  readonly stn?: string;
  readonly resume?: boolean;
  readonly wait: string;
  readonly out?: string;
  readonly dataset?: string;
  readonly project?: string;
  readonly name?: string;
  readonly watch?: boolean;
  readonly json?: boolean;
}

/** plumbline train: a run folder with checkpoints, manifest.json and history.csv; with --dataset the same on a server. */
export function trainCommand(): Command {
  const command = new Command('train')
    .description('trains a recipe on a class folder in MVTec AD layout, or on a dataset of a server')
    .requiredOption('--recipe <name|file>', 'recipe (see plumbline recipe)')
    .option('--data <dir>', 'class folder (train/good, test/…, ground_truth/…)')
    .option('--out <run>', 'folder for the run')
    .option('--set <option=value...>', 'change options of the recipe, e.g. --set data.trainPatches=256')
    .option('--seed <n>', 'decides weights, patches, their order and the held-out images', '1')
    .option('--epochs <n>', "the recipe's number of epochs")
    .option('--stn <run>', 'orientation run whose localisation network the regime begins with; without it one is trained inside --out')
    .option('--resume', 'continue the run that is in --out')
    .option('--wait <seconds>', 'how long to wait while another process trains the same run', '0')
    .option('--json', "print the run's manifest as one JSON document")
    .optionsGroup('On a server:')
    .option('--dataset <name|id>', 'dataset of a server, in place of --data and --out')
    .option('--project <name|id>', 'its project; may be left out where there is only one')
    .option('--name <name>', "name of the variant; the recipe's own when left out")
    .option('--watch', 'wait until it is trained and evaluated; exit code 1 where that failed');
  return withServer(command).action(async (options: Options) => {
    const { dataset: there } = options;
    if (there !== undefined) return (await import('./train-there.ts')).trainThere({ ...options, dataset: there });
    const missing = options.data === undefined ? '--data <dir>' : options.out === undefined ? '--out <run>' : null;
    if (missing || options.data === undefined || options.out === undefined)
      return command.error(`error: required option '${missing}' not specified (to train on a server, give --dataset)`);
    const seed = wholeNumber('--seed', options.seed, 0);
    const patience = 1000 * wholeNumber('--wait', options.wait, 0);
    const epochs = options.epochs === undefined ? {} : { epochs: wholeNumber('--epochs', options.epochs, 1) };
    const recipe = recipeFrom(options.recipe, options.set ?? []);
    const stn = options.stn === undefined ? {} : { stn: folder('--stn', options.stn) };
    const data = folder('--data', options.data);
    const out = outFolder('--out', options.out);
    // Loaded when it is needed: a typing mistake is answered at once.
    const { readMvtecDataset, train } = await import('@plumbline/ml');
    const { openEngineHere } = await import('../open.ts');
    const dataset = await readMvtecDataset(data);
    const signal = interruption('Stopping after this step; --resume continues from the last epoch.');
    const engine = await openEngineHere();
    const progress = new Progress(false);
    const report = new TrainingReport(progress, recipe.regime.kind === 'orientation');
    try {
      const result = await train({
        engine,
        recipe,
        dataset,
        seed,
        out,
        ...epochs,
        ...stn,
        resume: options.resume ?? false,
        patience,
        signal,
        onEvent: (event) => report.event(event),
      });
      if (options.json) return printJson(result.manifest);
      print(summary(out, result.manifest));
    } finally {
      progress.end();
    }
  });
}

function summary(out: string, { recipe, epochsDone, checkpoints: { best, last } }: RunManifest): string {
  const loss = best && (recipe.regime.kind === 'orientation' ? `J ${best.loss.toFixed(4)}` : best.loss.toFixed(1));
  return `${out}: ${epochsDone} epochs, best epoch ${best?.epoch ?? 0} with ${loss ?? '–'}, last weights ${last?.sha256 ?? '–'}`;
}
