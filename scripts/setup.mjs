/** `npm run setup`: packages, engine, generated code and web pages; starts nothing. */
import { bold, program, say } from './setup/console.mjs';
import { setUp } from './setup/steps.mjs';
import { wordsOrHelp } from './setup/usage.mjs';

wordsOrHelp(
  'npm run setup',
  `
npm run setup             Installs the packages, the engine and the database, generates code and builds the web pages. Starts nothing.

Settings are environment variables:
  PLUMBLINE_CACHE         where the engine is kept (~/.cache/plumbline)
  PLUMBLINE_TENSORFLOW    auto, cpu, gpu, none, or a directory with a TensorFlow of your own`,
);

await program(async () => {
  say(bold('Setting up Plumbline'));
  await setUp();
  say('Ready. `npm start` brings the platform up, `npx plumbline --help` is the command line.');
});
