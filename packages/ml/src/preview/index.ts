export * from './patch-steps.ts';
