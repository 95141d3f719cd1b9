/** A worker process for tests: takes one training job, says so, and never finishes it. */
import { createJobs } from './index.ts';

const jobs = createJobs({ connectionString: process.env.DATABASE_URL ?? '', role: 'worker' });
await jobs.start();
await jobs.work('training', { concurrency: 1 }, async ({ payload }) => {
  process.send?.(payload);
  await new Promise(() => undefined);
});
