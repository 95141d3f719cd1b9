/** Makes the native engine usable from this clone, or says in one line why training will run on WebAssembly. Never fails the set-up. */
import { installEngine } from '@plumbline/tensorflow/install';

// Chosen by hand: nothing to install.
if (process.env['PLUMBLINE_ENGINE'] !== 'wasm') {
  const result = await installEngine({ log: (line) => console.log(`    ${line}`) });
  if (!result.installed) console.log(`    Training will run on WebAssembly: ${result.reason} ${result.remedy}`);
}
