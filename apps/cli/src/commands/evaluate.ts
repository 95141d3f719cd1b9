import type { EvaluationEvent, EvaluationMetrics } from '@plumbline/ml';
import { Command } from 'commander';
import { interruption } from '../interruption.ts';
import { folder, oneOf, outFolder } from '../options.ts';
import { print, printJson, shown, table } from '../output.ts';
import { Progress } from '../progress.ts';

interface Options {
  readonly run: string;
  readonly data: string;
  readonly split: string;
  readonly which: string;
  readonly out: string;
  readonly metrics: string;
  readonly set?: string[];
  readonly name?: string;
  readonly json?: boolean;
}

/** plumbline evaluate: metrics.json, scores.csv, residual maps. */
export function evaluateCommand(): Command {
  return new Command('evaluate')
    .description("evaluates a run's checkpoint on a class folder: metrics, scores, residual maps as float32 TIFF")
    .requiredOption('--run <run>', 'folder that plumbline train wrote')
    .requiredOption('--data <dir>', 'class folder in MVTec AD layout')
    .requiredOption('--out <eval>', 'folder for the results')
    .option('--split <split>', 'test or validation', 'test')
    .option('--which <checkpoint>', 'best (on validation images) or last', 'best')
    .option(
      '--metrics <mode>',
      'how pixels are ranked: exact, histogram (bounded memory, states how far off it can be), or auto: exact where memory allows',
      'auto',
    )
    .option('--set <option=value...>', 'change residual options of the run, e.g. --set residual.ssim.sigma=0.8')
    .option('--name <name>', 'what the recipe is called in the results, where options were changed')
    .option('--json', 'print metrics.json on stdout')
    .action(async (options: Options) => {
      const split = oneOf('--split', options.split, ['test', 'validation']);
      const which = oneOf('--which', options.which, ['best', 'last']);
      const metricsMode = oneOf('--metrics', options.metrics, ['auto', 'exact', 'histogram']);
      const run = folder('--run', options.run);
      const data = folder('--data', options.data);
      const out = outFolder('--out', options.out);
      // Loaded when it is needed: a typing mistake is answered at once.
      const { evaluate, readMvtecDataset } = await import('@plumbline/ml');
      const { openEngineHere } = await import('../open.ts');
      const dataset = await readMvtecDataset(data);
      const signal = interruption('Stopping; the evaluation is not finished and must be started again.');
      const engine = await openEngineHere();
      const progress = new Progress(false);
      try {
        const { metrics } = await evaluate({
          engine,
          run,
          which,
          dataset,
          split,
          out,
          metricsMode,
          ...(options.set ? { sets: options.set } : {}),
          ...(options.name === undefined ? {} : { name: options.name }),
          signal,
          onEvent: (event) => report(progress, event),
        });
        progress.end();
        if (options.json) return printJson(metrics);
        print(...summary(metrics), '', `written to ${out}`);
      } finally {
        progress.end();
      }
    });
}

const PHASES = { validation: 'Threshold', images: 'Images', metrics: 'Metrics' } as const;

function report(progress: Progress, event: EvaluationEvent): void {
  if (event.kind === 'warning') progress.line(`warning: ${event.message}`);
  else progress.update(PHASES[event.phase], event.done, event.total, event.secondsLeft);
}

function summary(metrics: EvaluationMetrics): string[] {
  const { ssim, mse } = metrics.measures;
  const histogram = metrics.mode === 'histogram' ? '   (by histogram; see bounds in metrics.json)' : '';
  const both = (a: number | null, b: number | null): string => `ssim ${shown(a)}   mse ${shown(b)}`;
  return [
    `${metrics.class} · ${metrics.recipe} · ${metrics.geometry} geometry · seed ${metrics.seed} · ${metrics.checkpoint.which} checkpoint, epoch ${metrics.checkpoint.epoch}`,
    ...table([
      ['images', `${metrics.images.good} good, ${metrics.images.defective} defective (${metrics.images.withoutMask} without a mask)`],
      [
        'reconstruction',
        `MSE ${shown(metrics.reconstruction.mse, 1)}, SSIM ${shown(metrics.reconstruction.ssim)} over ${metrics.reconstruction.images} good images`,
      ],
      ['pixel ROC-AUC', `${both(ssim.pixel.rocAuc, mse.pixel.rocAuc)}${histogram}`],
      ['pixel AP', `${both(ssim.pixel.averagePrecision, mse.pixel.averagePrecision)}   prevalence ${shown(ssim.pixel.prevalence)}`],
      ['pixel AUPRO 0.3', both(ssim.pixel.aupro30, mse.pixel.aupro30)],
      ['pixel IoU', `${both(ssim.pixel.iouAtValidationThreshold, mse.pixel.iouAtValidationThreshold)}   at the validation threshold`],
      ...paperRows(metrics.paper),
      ['image ROC-AUC', `${both(ssim.image.rocAuc, mse.image.rocAuc)}   (${metrics.imageScore})`],
      ['image AP', `${both(ssim.image.averagePrecision, mse.image.averagePrecision)}   prevalence ${shown(ssim.image.prevalence)}`],
    ]),
  ];
}

function paperRows(paper: EvaluationMetrics['paper']): [string, string][] {
  if (!paper) return [];
  const row = (name: string, key: 'rocAuc' | 'prcAuc' | 'iou'): [string, string] => [
    `paper's ${name}`,
    `ssim ${shown(paper.ssim[key])}   mse ${shown(paper.mse[key])}   by 256 thresholds`,
  ];
  return [row('ROC', 'rocAuc'), row('PRC', 'prcAuc'), row('IoU', 'iou')];
}
