/** The steps that turn a clone into something that runs. Each is skipped when what it is made from has not changed. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dim, root, run, say, step } from './console.mjs';
import { preflight } from './preflight.mjs';
import { fingerprint, isStamped, stamp, unstamp } from './stamps.mjs';

/** @param {string} path */
const at = (path) => join(root, path);
const manifests = ['apps', 'packages'].flatMap((folder) =>
  ['api', 'cli', 'web', 'worker', 'jobs', 'ml', 'postgres', 'storage', 'tensorflow'].map((name) => `${folder}/${name}/package.json`),
);

/**
 * @param {{ name: string, title: string, sources: string[], others?: string[], results: string[], work: () => Promise<void> }} task
 * @returns {Promise<boolean>} whether there was something to do
 */
async function whenChanged({ name, title, sources, others = [], results, work }) {
  const value = fingerprint(sources, others);
  if (isStamped(name, value) && results.every((path) => existsSync(at(path)))) return false;
  unstamp(name);
  await step(title, work);
  stamp(name, value);
  return true;
}

/** The pnpm that package.json pins, brought by npx: nothing has to be installed on the machine. */
export function pnpm() {
  const { packageManager } = /** @type {{ packageManager: string }} */ (JSON.parse(readFileSync(at('package.json'), 'utf8')));
  return { command: 'npx', args: ['--yes', packageManager] };
}

function installPackages() {
  const { command, args } = pnpm();
  return whenChanged({
    name: 'packages',
    title: 'Installing packages',
    sources: [
      'pnpm-lock.yaml',
      'pnpm-workspace.yaml',
      'package.json',
      'prisma/package.json',
      'samples/package.json',
      'scripts/package.json',
      ...manifests,
    ],
    results: ['node_modules/.modules.yaml', 'scripts/node_modules/tsx'],
    work: () =>
      run(command, [...args, 'install', '--frozen-lockfile', '--prefer-offline'], {
        log: 'install',
        // Without it a machine set to production would lack the tools that generate and build.
        env: { CI: '1', NODE_ENV: 'development', npm_config_update_notifier: 'false' },
        remedy: 'Is the package registry reachable? Try again with `npm run setup`.',
      }),
  });
}

function generateDatabaseClient() {
  return whenChanged({
    name: 'database-client',
    title: 'Generating the database client',
    sources: ['prisma/schema', 'prisma/prisma.config.ts', 'pnpm-lock.yaml'],
    results: ['prisma/generated/client/client.ts', 'prisma/generated/pothos.ts'],
    // Generating needs no schema engine; without these Prisma would try to download one.
    work: () =>
      run(at('prisma/node_modules/.bin/prisma'), ['generate'], {
        log: 'prisma-generate',
        cwd: at('prisma'),
        env: { PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true', CHECKPOINT_DISABLE: '1' },
      }),
  });
}

function generateDocuments() {
  return whenChanged({
    name: 'graphql-documents',
    title: 'Generating GraphQL documents',
    sources: ['apps/api/schema.graphql', 'apps/web/src', 'apps/web/codegen.ts', 'pnpm-lock.yaml'],
    results: ['apps/web/src/graphql/generated/graphql.ts'],
    work: () => run(at('apps/web/node_modules/.bin/graphql-codegen'), ['--config', 'codegen.ts'], { log: 'codegen', cwd: at('apps/web') }),
  });
}

async function buildWeb() {
  await generateDocuments();
  await whenChanged({
    name: 'web',
    title: 'Building the web pages',
    sources: ['apps/web', 'apps/api/schema.graphql', 'packages/ml/src', 'tsconfig.base.json', 'pnpm-lock.yaml'],
    results: ['apps/web/.next/BUILD_ID'],
    work: () =>
      run(at('apps/web/node_modules/.bin/next'), ['build'], {
        log: 'web-build',
        cwd: at('apps/web'),
        env: { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' },
      }),
  });
}

/** Looks at the cache every time: it lies outside the project and may have been emptied. */
function installEngine() {
  return step('Preparing the TensorFlow engine', () =>
    run(process.execPath, ['--import', 'tsx', at('scripts/setup/engine.ts')], { log: 'engine', cwd: at('scripts'), show: true }),
  );
}

/**
 * Everything that `npm start`, `npm test` and the command line need.
 * @param {{ web?: boolean }} [options] web: build the web pages too (default true)
 */
export async function setUp({ web = true } = {}) {
  preflight();
  const started = performance.now();
  const worked = await installPackages();
  await Promise.all([installEngine(), generateDatabaseClient(), web ? buildWeb() : generateDocuments()]);
  if (worked) say(dim(`  Set up in ${Math.round((performance.now() - started) / 1000)} s.`));
}
