/** `npm run setup`: packages, engine, generated code and web pages; starts nothing. */
import { bold, program, say } from './setup/console.mjs';
import { setUp } from './setup/steps.mjs';

await program(async () => {
  say(bold('Setting up Plumbline'));
  await setUp();
  say('Ready. `npm start` brings the platform up, `npx plumbline --help` is the command line.');
});
