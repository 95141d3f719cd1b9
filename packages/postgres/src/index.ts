export { PostgresProblem } from './problem.ts';
export { startPostgres, type PostgresOptions, type PostgresServer } from './start.ts';
