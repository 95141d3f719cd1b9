import { expect, it } from 'vitest';
import { firstSteps } from './first-steps.ts';

const facts = { images: 0, running: false, trained: false, evaluating: false, evaluated: false, looked: false };

it('lead from data over training to looking, and say what goes on by itself', () => {
  expect(firstSteps(facts)).toEqual(['next', 'later', 'later']);
  expect(firstSteps({ ...facts, images: 9 })).toEqual(['done', 'next', 'later']);
  expect(firstSteps({ ...facts, images: 9, running: true })).toEqual(['done', 'now', 'later']);
  expect(firstSteps({ ...facts, images: 9, trained: true, evaluating: true })).toEqual(['done', 'done', 'now']);
  expect(firstSteps({ ...facts, images: 9, trained: true, evaluated: true })).toEqual(['done', 'done', 'next']);
  expect(firstSteps({ ...facts, images: 9, trained: true, evaluated: true, looked: true })).toEqual(['done', 'done', 'done']);
});
