-- Alone: a value of an enum cannot be used in the transaction that adds it.
ALTER TYPE "RunState" ADD VALUE 'paused';
