/** `npm start`: sets up what is missing, then brings the whole platform up and prints its address. */
import { bold, program, say } from './setup/console.mjs';
import { setUp } from './setup/steps.mjs';
import { wordsOrHelp } from './setup/usage.mjs';

wordsOrHelp(
  'npm start',
  `
npm start                 Sets up what is missing, brings the whole platform up and prints its address. Ctrl-C ends it.

Settings are environment variables:
  PLUMBLINE_DATA          data directory (./data)
  PLUMBLINE_WEB_PORT      port of the pages (3000, or the next free one)
  PLUMBLINE_HOST          address to listen at (127.0.0.1)
  NEXTAUTH_URL            public address, where that is another one
  DATABASE_URL            a PostgreSQL of your own
  PLUMBLINE_ENGINE=wasm   WebAssembly even where the native engine works
The others stand in README.md and docs/configuration.md.`,
);

await program(async () => {
  say(bold('Plumbline'));
  await setUp();
  // From here on TypeScript runs as it is written.
  const { register } = await import('tsx/esm/api');
  register();
  const { startPlatform } = await import('./platform/index.ts');
  await startPlatform();
});
