import { compareEvaluations, IOU_LABELS, renderText, type IouKind } from '@plumbline/ml/experiment';
import { Command } from 'commander';
import { readEvaluation, writeTables } from '../comparison.ts';
import { oneOf, outFolder, wholeNumber } from '../options.ts';
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
    .option(
      '--reference <variant>',
      'the variant that the others are compared with, by its head in the tables or its recipe (default: the first column)',
    )
    .option('--resamples <count>', 'of the bootstrap', '2000')
    .option('--json', 'print statistics.json on stdout')
    .action(async (folders: string[], options: Options) => {
      const iou = oneOf('--iou', options.iou, Object.keys(IOU_LABELS) as IouKind[]);
      const resamples = wholeNumber('--resamples', options.resamples, 100);
      const out = outFolder('--out', options.out);
      const { reference } = options;
      const comparison = compareEvaluations(folders.map(readEvaluation), {
        iou,
        resamples,
        ...(reference === undefined ? {} : { reference }),
      });
      await writeTables(comparison, out);
      if (options.json) return printJson(comparison);
      print(renderText(comparison), '', `written to ${out}; paired differences of every metric are in tables.md and differences.csv`);
    });
}
