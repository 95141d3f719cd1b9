import { createRequire } from 'node:module';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { setTestEnvs } from '@tensorflow/tfjs-core/dist/jasmine_util';
import { openEngine } from '../src/index.ts';
import { isOutOfScope } from './expectations.ts';
import { type Runner, runAndReport } from './report.ts';

const require = createRequire(import.meta.url);

/** The part of jasmine that is used beside the runner. */
interface JasmineModule {
  new (): Runner & { loadConfig(config: object): void };
}
interface JasmineGlobal {
  getEnv(): { configure(config: { specFilter(spec: { getFullName(): string }): boolean }): void };
}

async function main(): Promise<void> {
  await openEngine({ prefer: 'wasm' });
  setTestEnvs([{ name: 'test-wasm', backendName: 'wasm', flags: {}, isDataSync: true }]);
  const Jasmine = require('jasmine') as JasmineModule;
  const runner = new Jasmine();
  runner.loadConfig({ spec_files: [], random: false, jsLoader: 'require' });
  // The specs register themselves with the runner when they are loaded.
  await import('@tensorflow/tfjs-core/dist/tests');
  const filter = new RegExp(process.env.PLUMBLINE_SPEC_FILTER || '');
  const { jasmine } = globalThis as unknown as { jasmine: JasmineGlobal };
  jasmine.getEnv().configure({ specFilter: (spec) => filter.test(spec.getFullName()) && !isOutOfScope(spec.getFullName()) });
  await runAndReport(runner);
}

void main();
