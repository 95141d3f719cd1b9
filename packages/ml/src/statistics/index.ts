export * from './bootstrap.ts';
export * from './friedman.ts';
export * from './nemenyi.ts';
export * from './paired.ts';
export * from './ranks.ts';
export * from './summary.ts';
export * from './wilcoxon.ts';
