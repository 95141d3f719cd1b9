export * from '../generated/client/client.ts';
export { connectionSettings, createPrisma, type PrismaSettings } from './client.ts';
export { holdFiles, jsonWithoutFiles, unreferencedFiles } from './collectFiles.ts';
export { type LeakOptions, requestLeakCheck } from './leakCheck.ts';
export { deleteEvaluations, discardFiles } from './discardFiles.ts';
export { lockContent } from './lockContent.ts';
export { createDatasetVersion, datasetContentHash, EmptyDatasetError, type FrozenImage } from './datasetVersion.ts';
