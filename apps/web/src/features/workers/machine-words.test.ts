import { expect, it } from 'vitest';
import { machineInWords } from './machine-words.ts';

it('a machine is told in words, by what is known of it', () => {
  expect(machineInWords({ cores: 2, memoryBytes: 24e9, system: 'linux 6.1 x64', node: 'v20' })).toBe('2 cores, 24.0 GB, linux 6.1 x64');
  expect(machineInWords({ cores: 1 })).toBe('1 core');
  expect(machineInWords(null)).toBe('');
});
