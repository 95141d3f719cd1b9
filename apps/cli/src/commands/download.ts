import { Command } from 'commander';
import { UsageError } from '../failure.ts';
import { interruption } from '../interruption.ts';
import { outFolder } from '../options.ts';
import { print, printJson } from '../output.ts';
import { Progress } from '../progress.ts';
import { Server, withServer, type ServerOptions } from '../server/connection.ts';
import { downloadInto } from '../server/downloads.ts';
import { folderOn } from '../server/folders.ts';

interface Options extends ServerOptions {
  readonly out: string;
  readonly maps: string;
  readonly json?: boolean;
}

/** plumbline download: an evaluation or a run of a server as the folder that the same work leaves here. */
export function downloadCommand(): Command {
  return withServer(
    new Command('download')
      .description('an evaluation of a server as the folder of plumbline evaluate, or a run or checkpoint as that of plumbline train')
      .argument('<id>', 'evl_…, run_… or chk_…')
      .requiredOption('--out <dir>', 'folder for it; the same command goes on where it was broken off')
      .option('--maps <measures>', 'which residual maps of an evaluation: ssim, mse, both with a comma between them, or none', 'ssim,mse'),
  )
    .option('--json', 'print what was fetched as one JSON document')
    .action(async (id: string, options: Options) => {
      const server = Server.from(options);
      const out = outFolder('--out', options.out);
      if (!/^(none|ssim|mse|ssim,mse|mse,ssim)$/.test(options.maps))
        throw new UsageError(`--maps is ${options.maps}; give ssim, mse, ssim,mse or none.`);
      const signal = interruption('Stopping; the same command goes on where this one stopped.');
      const folder = await folderOn(server, id, options.maps);
      const total = folder.files.length;
      const progress = new Progress(false);
      try {
        const result = await downloadInto(server, id, folder.files, folder.last, out, signal, (files, bytes) =>
          progress.update('Fetching', files, total, null, `${(bytes / 2 ** 20).toFixed(1)} MiB`),
        );
        progress.end();
        if (options.json) return printJson({ id, kind: folder.kind, out, ...result });
        print(
          `${out}: ${result.files} files, ${(result.bytes / 2 ** 20).toFixed(1)} MiB${result.kept > 0 ? `, ${result.kept} of them were there already` : ''}`,
        );
      } finally {
        progress.end();
      }
    });
}
