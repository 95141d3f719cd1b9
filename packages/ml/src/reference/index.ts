export * from './reference-case.ts';
