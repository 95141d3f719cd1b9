import { setTimeout as wait } from 'node:timers/promises';
import { Command } from 'commander';
import { interruption } from '../interruption.ts';
import { print, printJson } from '../output.ts';
import { Server, withServer, type ServerOptions } from '../server/connection.ts';
import { runsOf } from '../server/runs.ts';
import { projectOn } from '../server/places.ts';
import { describeWork, hasEnded, workOn } from '../server/states.ts';
import { tell, tellEnd, watch } from '../server/watching.ts';

interface Options extends ServerOptions {
  readonly project?: string;
  readonly watch?: boolean;
  readonly json?: boolean;
}

/** plumbline status: what a server works at. */
export function statusCommand(): Command {
  return withServer(
    new Command('status')
      .description('how far a run, evaluation, import or experiment of a server is; without an id, the latest runs of a project')
      .argument('[id]', 'run_…, evl_…, imp_… or exp_…')
      .option('--watch', 'wait until it has ended; exit code 1 where it failed or was cancelled')
      .option('--project <name|id>', 'without an id: the project; may be left out where there is only one'),
  )
    .option('--json', 'print one JSON document')
    .action(async (id: string | undefined, options: Options) => {
      const server = Server.from(options);
      const signal = interruption('Stopped watching; the server goes on.');
      if (id === undefined) return statusOfProject(server, options, signal);
      if (options.watch) tellEnd(await watch(server, id, signal), options);
      else tell(await workOn(server, id, signal), options);
    });
}

async function statusOfProject(server: Server, options: Options, signal: AbortSignal): Promise<void> {
  const project = await projectOn(server, options.project);
  for (let told = new Map<string, string>(); ;) {
    const runs = await runsOf(server, project, signal);
    const ended = !options.watch || runs.every((run) => hasEnded(run) || run.state === 'paused');
    if (ended && options.json) return printJson({ project, runs });
    if (!options.json) {
      const lines = new Map(runs.map((run) => [run.id, describeWork(run)]));
      const news = [...lines].filter(([run, line]) => told.get(run) !== line).map(([, line]) => line);
      if (news.length > 0) print(...news);
      else if (runs.length === 0 && told.size === 0) print(`${project.name} has no training runs yet`);
      told = lines;
    }
    if (ended) return;
    await wait(1000, undefined, { signal });
  }
}
