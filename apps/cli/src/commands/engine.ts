import { Command } from 'commander';
import { print, printJson, table } from '../output.ts';

interface Options {
  readonly json?: boolean;
}

/** plumbline engine: which engine computes here, and how fast. */
export function engineCommand(): Command {
  return new Command('engine')
    .description('which engine and device compute here, and how fast a training step is')
    .option('--json', 'print one JSON document')
    .action(async ({ json }: Options) => {
      const { StepProbe } = await import('@plumbline/ml');
      const { openEngineHere } = await import('../open.ts');
      const opened = await openEngineHere();
      const { call: _call, ...engine } = opened;
      const probe = new StepProbe(opened, 32);
      const speed = await probe.measure(engine.kind === 'native' ? 5 : 2);
      probe.dispose();
      const step = { batch: speed.batch, milliseconds: speed.milliseconds, gigaflops: speed.gigaflops };
      if (json) return printJson({ ...engine, step });
      print(
        ...table([
          ['engine', engine.kind === 'native' ? `native, TensorFlow ${engine.tensorflow ?? '?'}` : 'WebAssembly'],
          ['device', engine.device],
          ['threads', engine.threads === null ? 'chosen by the engine' : String(engine.threads)],
          [
            'training step',
            `${step.milliseconds.toFixed(0)} ms at batch ${step.batch}, ${step.gigaflops.toFixed(0)} GFLOP/s (paper's autoencoder)`,
          ],
          ...(engine.reason ? [['not native', engine.reason] as const] : []),
        ]),
      );
    });
}
