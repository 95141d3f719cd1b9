import { Command } from 'commander';
import { interruption } from '../interruption.ts';
import { UnfinishedError } from '../failure.ts';
import { print, printJson } from '../output.ts';
import { Progress } from '../progress.ts';
import { chooseFiles, placeFrom } from '../server/chosen-files.ts';
import { Server, withServer, type ServerOptions } from '../server/connection.ts';
import { sendImport } from '../server/imports.ts';
import { datasetFor, projectOn } from '../server/places.ts';
import { refusedFiles } from '../server/imports.ts';
import { shortfall } from '../server/states.ts';
import { watch } from '../server/watching.ts';

interface Options extends ServerOptions {
  readonly dataset: string;
  readonly project?: string;
  readonly as?: string;
  readonly wait: boolean;
  readonly strict?: boolean;
  readonly json?: boolean;
}

/** plumbline import: images of this machine into a dataset of a server. */
export function importCommand(): Command {
  return withServer(
    new Command('import')
      .description('sends folders, zips or images to a dataset of a server; the same command goes on where it was broken off')
      .argument('<path...>', 'folders (train/good, test/DEFECT, ground_truth/DEFECT), zips or images')
      .requiredOption('--dataset <name|id>', 'the dataset; it is made where there is none of that name')
      .option('--project <name|id>', 'its project; may be left out where there is only one')
      .option('--as <split/label>', 'what images are whose folders do not tell: train/good, test/scratch, …'),
  )
    .option('--no-wait', 'end as soon as everything is sent, without the verdicts')
    .option('--strict', 'exit with 1 when a file was refused')
    .option('--json', 'print the import as one JSON document, with the files that were refused')
    .action(async (paths: string[], options: Options) => {
      const server = Server.from(options);
      const files = await chooseFiles(paths, options.as === undefined ? null : placeFrom(options.as));
      const signal = interruption('Stopping; the same command goes on where this one stopped.');
      const dataset = await datasetFor(server, await projectOn(server, options.project), options.dataset);
      const progress = new Progress(false);
      if (dataset.made) progress.line(`made the dataset ${dataset.name} (${dataset.id})`);
      let id: string;
      try {
        id = await sendImport(server, dataset.id, files, signal, progress);
      } finally {
        progress.end();
      }
      if (!options.wait)
        return options.json
          ? printJson({ import: { id }, dataset })
          : print(`${id}: sent; plumbline status ${id} --watch tells how far it is`);
      const work = await watch(server, id, signal);
      const refused = await refusedFiles(server, id, signal);
      if (options.json) printJson({ import: work, dataset: { id: dataset.id, name: dataset.name }, refused });
      else if (work.__typename === 'DatasetImport') {
        print(...refused.map(({ path, reason }) => `refused  ${path}: ${reason ?? ''}`));
        print(
          `${dataset.name}: ${work.accepted} taken, ${work.duplicates} there already, ${work.refused} refused, ${work.ignored} left out (${work.id})`,
        );
      }
      const short = shortfall(work);
      if (short) throw new UnfinishedError(short);
      if (options.strict && refused.length > 0) throw new UnfinishedError(`${refused.length} of the files were refused.`);
    });
}
