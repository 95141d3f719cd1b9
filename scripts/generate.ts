/** `pnpm generate`: the database client, the GraphQL schema file and the web's typed documents, in the order in which they depend on each other. */
import { fileURLToPath } from 'node:url';
import { program, run, step } from './setup/console.mjs';

const at = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));
const offlinePrisma = { PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true', CHECKPOINT_DISABLE: '1' };

await program(async () => {
  await step('Database client (prisma/generated)', () =>
    run(at('prisma/node_modules/.bin/prisma'), ['generate'], { log: 'prisma-generate', cwd: at('prisma'), env: offlinePrisma }),
  );
  await step('GraphQL schema (apps/api/schema.graphql)', () =>
    run(at('node_modules/.bin/tsx'), ['apps/api/src/printSchema.ts'], { log: 'print-schema' }),
  );
  await step('GraphQL documents (apps/web/src/graphql/generated)', () =>
    run(at('apps/web/node_modules/.bin/graphql-codegen'), ['--config', 'codegen.ts'], { log: 'codegen', cwd: at('apps/web') }),
  );
});
