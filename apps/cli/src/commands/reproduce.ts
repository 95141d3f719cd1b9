import { mkdir, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { BUDGETS, PAPER_TABLE_ORDER, VARIANTS, type Budget, type Variant } from '@plumbline/ml/experiment';
import { Command } from 'commander';
import { UnfinishedError, UsageError } from '../failure.ts';
import { interruption } from '../interruption.ts';
import { oneOf, outFolder, wholeNumber } from '../options.ts';
import { print, printJson } from '../output.ts';

interface Options {
  readonly data: string[];
  readonly out: string;
  readonly budget: string;
  readonly regimes?: string[];
  readonly seeds?: string;
  readonly jobs?: string;
  readonly json?: boolean;
}

/** plumbline reproduce: the paper's experiment on given classes, from training to tables and a report; goes on where it was stopped. */
export function reproduceCommand(): Command {
  return new Command('reproduce')
    .description(
      "the paper's experiment on your classes: trainings, evaluations, tables and a report; the same call goes on where it was stopped",
    )
    .requiredOption('--data <dir...>', 'class folders in MVTec AD layout, or sample:brick, sample:grass, sample:gravel')
    .requiredOption('--out <dir>', 'folder for everything')
    .requiredOption(
      '--budget <budget>',
      `${BUDGETS.join(', ')}: a check that it works, about half an hour a class on two cores, everything as published`,
    )
    .option('--regimes <list...>', `some of ${VARIANTS.join(', ')}; without it ${PAPER_TABLE_ORDER.join(', ')}`)
    .option('--seeds <n>', 'how many seeds, from 1 on; without it what the budget says')
    .option(
      '--jobs <n>',
      'how many processes at once; each gets its share of the cores, in a folder that is gone on with the threads of the first call; without it 1, and one a core for smoke',
    )
    .option('--json', 'print results.json on stdout')
    .action(async (options: Options) => {
      const budget = oneOf('--budget', options.budget, BUDGETS);
      const regimes = options.regimes === undefined ? null : regimesFrom(options.regimes);
      const seeds = options.seeds === undefined ? null : wholeNumber('--seeds', options.seeds, 1);
      const jobs = options.jobs === undefined ? usualJobs(budget) : wholeNumber('--jobs', options.jobs, 1);
      const out = outFolder('--out', options.out);
      // Loaded when it is needed: a typing mistake is answered at once.
      const { requireSources } = await import('../reproduce/sources.ts');
      requireSources(options.data);
      await reproduce({ data: options.data, out, budget, regimes, seeds, jobs, json: options.json ?? false });
    });
}

/** Most of a smoke run is processes that start, which leaves cores idle; each of them holds about half a gibibyte. */
const usualJobs = (budget: Budget): number => (budget === 'smoke' ? Math.min(4, availableParallelism()) : 1);

/** Names with spaces or commas between them. */
function regimesFrom(list: readonly string[]): Variant[] {
  const names = list
    .flatMap((part) => part.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0) throw new UsageError('--regimes names none; give some, such as ae stn-frozen.');
  return names.map((name) => oneOf('--regimes', name, VARIANTS));
}

interface Request {
  readonly data: readonly string[];
  readonly out: string;
  readonly budget: Budget;
  readonly regimes: readonly Variant[] | null;
  readonly seeds: number | null;
  readonly jobs: number;
  readonly json: boolean;
}

async function reproduce(request: Request): Promise<void> {
  const { lockRun } = await import('@plumbline/ml');
  const { ExperimentFolder } = await import('../reproduce/experiment-folder.ts');
  const folder = new ExperimentFolder(request.out);
  await folder.stored();
  await mkdir(request.out, { recursive: true });
  const release = await lockRun(request.out, { use: 'written' });
  try {
    const { executeExperiment } = await import('../reproduce/experiment.ts');
    const signal = interruption('Stopping what runs; the same command goes on from here.');
    const { results, unfinished } = await executeExperiment({ ...request, folder, signal });
    await rm(folder.at('work'), { recursive: true, force: true });
    if (signal.aborted) throw new DOMException('stopped', 'AbortError');
    if (request.json) printJson(results);
    else print(`report   ${folder.at('report.html')}`, `tables   ${folder.at('tables')}`, `results  ${folder.at('results.json')}`);
    if (unfinished.length > 0)
      throw new UnfinishedError(
        [
          `${unfinished.length} steps are not done; the same command tries them again:`,
          ...unfinished.map(({ id, reason }) => `  ${id}: ${reason}`),
        ].join('\n'),
      );
  } finally {
    await release();
  }
}
