import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  compareEvaluations,
  IOU_LABELS,
  parseEvaluation,
  parseScores,
  renderDifferencesCsv,
  renderLatex,
  renderMarkdown,
  renderPlacesCsv,
  renderTablesCsv,
  renderText,
  type ComparedEvaluation,
  type Comparison,
  type IouKind,
} from '@plumbline/ml/experiment';
import { Command } from 'commander';
import { UsageError } from '../failure.ts';
import { folder, oneOf, wholeNumber } from '../options.ts';
import { print, printJson } from '../output.ts';

interface Options {
  readonly out: string;
  readonly iou: string;
  readonly reference?: string;
  readonly resamples: string;
  readonly json?: boolean;
}

/** plumbline compare: the paper's Tables 3–9 of several evaluations, with differences, intervals and ranks. */
export function compareCommand(): Command {
  return new Command('compare')
    .description('puts evaluations side by side: mean and spread over seeds, paired differences, places and ranks')
    .argument('<eval...>', 'folders that plumbline evaluate wrote')
    .requiredOption('--out <dir>', 'folder for the tables')
    .option('--iou <kind>', `which IoU the tables show: ${Object.keys(IOU_LABELS).join(', ')}`, 'iouBestOracle')
    .option('--reference <recipe>', 'the variant that the others are compared with (default: the first column)')
    .option('--resamples <count>', 'of the bootstrap', '2000')
    .option('--json', 'print statistics.json on stdout')
    .action(async (folders: string[], options: Options) => {
      const iou = oneOf('--iou', options.iou, Object.keys(IOU_LABELS) as IouKind[]);
      const resamples = wholeNumber('--resamples', options.resamples, 100);
      const out = resolve(options.out);
      const { reference } = options;
      const comparison = compareEvaluations(folders.map(read), { iou, resamples, ...(reference === undefined ? {} : { reference }) });
      await writeTables(comparison, options.out);
      if (options.json) return printJson(comparison);
      print(renderText(comparison), '', `written to ${out}; paired differences of every metric are in tables.md and differences.csv`);
    });
}

/** What a finished evaluation's folder holds; its image scores where they are at hand. */
function read(path: string): ComparedEvaluation {
  const directory = folder('EVAL', path);
  const file = join(directory, 'metrics.json');
  if (!existsSync(file)) {
    const run = existsSync(join(directory, 'manifest.json'));
    throw new UsageError(
      run
        ? `${path} holds a run, not an evaluation; evaluate it with plumbline evaluate --run ${path} and give that folder.`
        : `${path} holds no finished evaluation (it has no metrics.json); give folders that plumbline evaluate wrote to the end.`,
    );
  }
  const scores = join(directory, 'scores.csv');
  return {
    name: path,
    metrics: parseEvaluation(parseJson(file, `${path}/metrics.json`), `${path}/metrics.json`),
    scores: existsSync(scores) ? parseScores(readFileSync(scores, 'utf8'), `${path}/scores.csv`) : null,
  };
}

function parseJson(file: string, name: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UsageError(`${name} is not JSON (${error.message}); make the evaluation again with plumbline evaluate.`);
  }
}

/** @param given --out as it was typed */
async function writeTables(comparison: Comparison, given: string): Promise<void> {
  const out = resolve(given);
  try {
    await mkdir(out, { recursive: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new UsageError(`--out ${given} is a file; give a folder.`);
  }
  const files = {
    'tables.md': renderMarkdown(comparison),
    'tables.tex': renderLatex(comparison),
    'tables.csv': renderTablesCsv(comparison),
    'places.csv': renderPlacesCsv(comparison),
    'differences.csv': renderDifferencesCsv(comparison),
    'statistics.json': `${JSON.stringify(comparison, null, 2)}\n`,
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(out, name), text);
}
