/** A process for tests: runs a small import, then another, and says how far its memory grew in the second, in bytes. */
import { createJobs } from '@plumbline/jobs';
import { createPrisma } from '@plumbline/prisma';
import { createLocalStorage } from '@plumbline/storage';
import { runImport } from './runImport.ts';

const [small = '', large = '', root = ''] = process.argv.slice(2);
const connectionString = process.env.DATABASE_URL ?? '';
const prisma = createPrisma(connectionString, { applicationName: 'plumbline-test' });
const jobs = createJobs({ connectionString, role: 'producer' });
await jobs.start();
const storage = createLocalStorage({ root });
const run = (id: string) => runImport({ prisma, storage, jobs, signal: new AbortController().signal }, id);
await run(small);
const before = process.memoryUsage.rss();
let peak = before;
const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20);
await run(large);
clearInterval(watch);
await jobs.stop(0);
await prisma.$disconnect();
process.send?.({ growth: peak - before });
