/** `npm start`: sets up what is missing, then brings the whole platform up and prints its address. */
import { bold, program, say } from './setup/console.mjs';
import { setUp } from './setup/steps.mjs';

await program(async () => {
  say(bold('Plumbline'));
  await setUp();
  // From here on TypeScript runs as it is written.
  const { register } = await import('tsx/esm/api');
  register();
  const { startPlatform } = await import('./platform/index.ts');
  await startPlatform();
});
