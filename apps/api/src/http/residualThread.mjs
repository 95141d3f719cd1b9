import { register } from 'tsx/esm/api';

// A thread has no loader of its own for TypeScript; the program itself is typed.
register();
await import('./residualWorker.ts');
