import { expect, it } from 'vitest';
import { ownEvaluation } from './own-evaluation.ts';

it('an experiment compares the evaluations that its runs brought about, whatever was started by hand before or after', () => {
  const byHand = { id: 'hand', createdBy: { id: 'someone' } };
  const own = { id: 'own', createdBy: null };
  expect(ownEvaluation([own, byHand])).toBe(own);
  expect(ownEvaluation([byHand, own])).toBe(own);
  expect(ownEvaluation([byHand])).toBeNull();
});
