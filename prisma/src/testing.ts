/** A database of one's own, factories and named scenarios: shared by tests, seeds and end-to-end journeys. */
export { testDatabase, type MigratedDatabase } from './testing/database.ts';
export * from './testing/factories.ts';
export * as scenarios from './testing/scenarios.ts';
export type * from './testing/scenarios.ts';
