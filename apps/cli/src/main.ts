import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { compareCommand } from './commands/compare.ts';
import { downloadCommand } from './commands/download.ts';
import { engineCommand } from './commands/engine.ts';
import { evaluateCommand } from './commands/evaluate.ts';
import { importCommand } from './commands/import.ts';
import { orientationCommand } from './commands/orientation.ts';
import { recipeCommand } from './commands/recipe.ts';
import { reproduceCommand } from './commands/reproduce.ts';
import { rotateCommand } from './commands/rotate.ts';
import { statusCommand } from './commands/status.ts';
import { trainCommand } from './commands/train.ts';
import { describeFailure, EXIT } from './failure.ts';
import { stopWithParent } from './interruption.ts';
import { unknownBeforeMissing } from './options.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };

/** The command line: the same packages as the platform without server and database, and the same jobs on a server. Results go to stdout, everything else to stderr. */
async function main(args: readonly string[]): Promise<number> {
  const program = new Command('plumbline')
    .description('Teaches autoencoders what a good part looks like, and shows where a part departs from it.')
    .version(version, '-V, --version', 'the version of this Plumbline')
    .showHelpAfterError('(plumbline --help, or plumbline COMMAND --help, lists what there is)');
  const commands = [
    ...[engineCommand(), recipeCommand(), trainCommand(), evaluateCommand(), compareCommand(), reproduceCommand()],
    ...[rotateCommand(), orientationCommand(), importCommand(), statusCommand(), downloadCommand()],
  ];
  for (const command of commands) {
    program.addCommand(unknownBeforeMissing(command.copyInheritedSettings(program).exitOverride()));
  }
  program.exitOverride();
  try {
    await program.parseAsync(args, { from: 'user' });
    return EXIT.success;
  } catch (error) {
    // Commander has said what is wrong already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.success : EXIT.badInput;
    const { code, message } = describeFailure(error);
    process.stderr.write(`${message}\n`);
    return code;
  }
}

const release = stopWithParent();
// Set rather than called: what is still being written to a pipe gets out.
process.exitCode = await main(process.argv.slice(2));
release();
