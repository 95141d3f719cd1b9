import { CATALOGUE, recipeHash, resolveRecipe } from '@plumbline/ml/recipes';
import { describe, expect, it } from 'vitest';
import { decodeChanges, setsOf } from './recipe-document.ts';
import { recipeDraft, trainingQuery } from './recipe-draft.ts';

describe('the draft of a form', () => {
  it('shows the sound changes while another is wrong, and has no hash then', () => {
    const draft = recipeDraft(resolveRecipe('ae'), { 'model.latent': '17', 'training.epochs': 'many' });
    expect(draft.document.model.latent).toBe(17);
    expect(draft.document.training.epochs).toBe(resolveRecipe('ae').training.epochs);
    expect(draft.hash).toBeNull();
    expect(draft.problems.map(({ path }) => path)).toEqual(['training.epochs']);
  });
  it('counts the weights of the autoencoder as it is changed', () => {
    expect(recipeDraft(resolveRecipe('ae', ['model.latent=100']), {}).parameters).toBe(1_050_599);
    expect(recipeDraft(resolveRecipe('ae', ['model.latent=100']), { 'model.latent': '50' }).parameters).toBeLessThan(1_050_599);
  });
  it('is trained as it is: the address of the new training leads to the same recipe', () => {
    for (const { name } of CATALOGUE) {
      const document = resolveRecipe(name, ['training.epochs=3', 'model.latent=9']);
      const query = new URLSearchParams(trainingQuery(document, 'nine'));
      const changes = decodeChanges(query.get('set'));
      expect(recipeHash(resolveRecipe(query.get('recipe')!, setsOf(changes))), name).toBe(recipeHash(document));
      expect(query.get('variant')).toBe('nine');
    }
  });
});
