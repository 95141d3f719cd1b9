import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import type { EngineKind } from '../src/index.ts';

const require = createRequire(import.meta.url);
const here = dirname(fileURLToPath(import.meta.url));
const nodePackage = dirname(require.resolve('@tensorflow/tfjs-node-gpu/package.json'));

/** Replaces one passage and insists that it was there: another version of the package has to be looked at anew. */
function replaced(source: string, passage: string, by: string): string {
  if (!source.includes(passage)) throw new Error(`tfjs-node no longer contains ${passage}; adapt test-tfjs/bundle.ts to this version.`);
  return source.replaceAll(passage, by);
}

/** tfjs-node's own runner with its own list of ignored specs; only its spec files (not published), its command line and its start are ours. */
function adaptedRunner(source: string): string {
  const emptied = replaced(source, "spec_files: ['src/**/*_test.ts'],", 'spec_files: [],');
  const filtered = replaced(
    emptied,
    'var yargs_1 = require("yargs");',
    'var yargs_1 = { argv: { grep: process.env.PLUMBLINE_SPEC_FILTER || "" } };',
  );
  return replaced(filtered, 'runner.execute();', `require(${JSON.stringify(join(here, 'report.ts'))}).runAndReport(runner);`);
}

const adaptations: Plugin = {
  name: 'adaptations',
  setup({ onLoad, onResolve }) {
    onLoad({ filter: /tfjs-node-gpu[\\/]dist[\\/]run_tests\.js$/ }, async ({ path }) => ({
      contents: adaptedRunner(await readFile(path, 'utf8')),
    }));
    onLoad({ filter: /tfjs-node-gpu[\\/]dist[\\/]index\.js$/ }, async ({ path }) => ({
      contents: replaced(await readFile(path, 'utf8'), '__dirname', JSON.stringify(join(nodePackage, 'dist'))),
    }));
    const fromNodePackage = createRequire(join(nodePackage, 'package.json'));
    const fromJasmine = createRequire(require.resolve('jasmine'));
    onResolve({ filter: /^jasmine$/ }, () => ({ path: require.resolve('jasmine'), external: true }));
    onResolve({ filter: /^jasmine-core\// }, ({ path }) => ({ path: fromJasmine.resolve(path) }));
    onResolve({ filter: /^@mapbox\/node-pre-gyp$/ }, ({ path }) => ({ path: fromNodePackage.resolve(path), external: true }));
  },
};

/** Bundles tfjs-core's published tests with an engine; they are modules that Node cannot load as they are. */
export async function bundleSuite(engine: EngineKind, outfile: string): Promise<void> {
  const entry = engine === 'native' ? join(nodePackage, 'dist/run_tests.js') : join(here, 'suite-wasm.ts');
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    ignoreAnnotations: true,
    logLevel: 'error',
    plugins: [adaptations],
    nodePaths: [join(here, '../node_modules')],
    define: { 'import.meta.url': JSON.stringify(pathToFileURL(join(here, 'bundle.ts')).href) },
  });
}
