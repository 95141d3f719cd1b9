import { describe, expect, test } from 'vitest';
import { multiplyAdds, autoencoderLayers } from '../models/index.ts';
import { resolveRecipe, type Recipe } from '../recipes/index.ts';
import { BUDGETS } from './budgets.ts';
import { experimentRecipe, PAPER_TABLE_ORDER, REGIMES, VARIANTS } from './experiment-recipe.ts';
import { planExperiment, type ExperimentClass } from './plan.ts';

const grey: ExperimentClass = { name: 'brick', dataHash: 'a', shortSide: 144, channels: 1 };
const colour: ExperimentClass = { name: 'screw', dataHash: 'b', shortSide: 900, channels: 3 };
const plan = planExperiment({ classes: [grey, colour], regimes: PAPER_TABLE_ORDER, budget: 'small', seeds: 3 });

describe('a plan', () => {
  test('trains and evaluates every class, regime and seed once, and the localisation network once a class and seed', () => {
    const count = (kind: string) => plan.tasks.filter((task) => task.kind === kind).length;
    expect([count('orientation'), count('reconstruction'), count('evaluation')]).toEqual([2 * 3, 2 * 4 * 3, 2 * 4 * 3]);
    expect(new Set(plan.tasks.map((task) => task.id)).size).toBe(plan.tasks.length);
  });

  test('lets each task come after what it needs', () => {
    const seen = new Set<string>();
    for (const task of plan.tasks) {
      for (const need of task.needs) expect(seen.has(need), `${task.id} needs ${need}`).toBe(true);
      seen.add(task.id);
    }
  });

  test('shares one localisation network among the regimes that begin with one, within a class and seed', () => {
    const all = planExperiment({ classes: [grey], regimes: VARIANTS, budget: 'smoke', seeds: 1 });
    const takers = all.tasks.flatMap((task) =>
      task.kind === 'reconstruction' && task.orientation ? [[task.regime, task.orientation]] : [],
    );
    expect(takers).toEqual(
      ['stn-frozen', 'stn-finetuned', 'multi-start', 'recommended'].map((regime) => [regime, 'orientation/brick/seed-1']),
    );
  });

  test('trains no localisation network that nobody takes', () => {
    const alone = planExperiment({ classes: [grey], regimes: ['ae', 'stn-random', 'search'], budget: 'smoke' });
    expect(alone.tasks.some((task) => task.kind === 'orientation')).toBe(false);
    expect(Object.keys(alone.recipes)).toEqual(['brick/ae', 'brick/stn-random', 'brick/search']);
  });

  test('ends a seed before the next begins', () => {
    const seeds = plan.tasks.map((task) => task.seed);
    expect(seeds).toEqual(seeds.toSorted((a, b) => a - b));
  });

  test('depends on nothing but what was asked', () => {
    const again = planExperiment({ classes: [grey, colour], regimes: PAPER_TABLE_ORDER, budget: 'small', seeds: 3 });
    expect(JSON.stringify(again)).toBe(JSON.stringify(plan));
  });

  test.each([
    [{ classes: [], regimes: PAPER_TABLE_ORDER }, /no class to try/],
    [{ classes: [grey, grey], regimes: PAPER_TABLE_ORDER }, /class brick is named twice/],
    [{ classes: [grey], regimes: ['ae', 'ae'] as const }, /regime ae is named twice/],
    [{ classes: [grey], regimes: PAPER_TABLE_ORDER, seeds: 0 }, /0 seeds are not possible/],
  ])('is refused in one sentence: %#', (request, sentence) => {
    expect(() => planExperiment({ budget: 'smoke', ...request })).toThrow(sentence);
  });
});

describe('recipes of an experiment', () => {
  test.each(BUDGETS)('differ between the regimes of a class in nothing but the regime (%s)', (budget) => {
    const without = REGIMES.map((regime) => ({ ...experimentRecipe(regime, budget, colour).recipe, regime: null, name: null }));
    for (const recipe of without) expect(recipe).toEqual(without[0]);
    const { recipes } = planExperiment({ classes: [colour], regimes: REGIMES, budget });
    const { geometry, channels, standardise, data, augmentation, orientation } = without[0]!;
    expect(recipes['screw/orientation']!.recipe).toMatchObject({ geometry, channels, standardise, data, augmentation, orientation });
  });

  test('of what is recommended keep its loss, code and way of training, take the localisation network of the budget and show as many patches as it', () => {
    const own = resolveRecipe('recommended');
    const { recipe } = experimentRecipe('recommended', 'small', colour);
    const frozen = experimentRecipe('stn-frozen', 'small', colour).recipe;
    expect(recipe).toMatchObject({ loss: own.loss, model: own.model, residual: own.residual });
    expect(recipe.training).toEqual({ ...frozen.training, batch: own.training.batch, epochs: recipe.training.epochs });
    const shown = ({ data, training }: Recipe) => data.trainPatches! * training.epochs;
    expect(shown(recipe)).toBe(shown(frozen));
    const { geometry, channels, standardise, augmentation, orientation, regime } = frozen;
    expect(recipe).toMatchObject({ geometry, channels, standardise, augmentation, orientation, regime });
    expect(planExperiment({ classes: [colour], regimes: ['recommended'], budget: 'small' }).recipes['screw/orientation']).toEqual(
      planExperiment({ classes: [colour], regimes: ['stn-frozen'], budget: 'small' }).recipes['screw/orientation'],
    );
  });

  test('of the budget paper are the paper recipes, to the hash', () => {
    for (const regime of PAPER_TABLE_ORDER) {
      expect(experimentRecipe(regime, 'paper', grey).recipe).toEqual(resolveRecipe(`paper/${regime}`));
    }
  });

  test('reduce small images instead of enlarging them, and take grey ones with one channel', () => {
    expect(experimentRecipe('ae', 'small', grey).recipe).toMatchObject({
      channels: 1,
      geometry: { scale: { by: 'factor', value: 0.7071 } },
    });
    expect(experimentRecipe('ae', 'small', colour).recipe).toMatchObject({
      channels: 3,
      geometry: { scale: { by: 'shortSide', value: 181 } },
    });
    // 100 · 0.7071 would not hold one patch.
    expect(experimentRecipe('ae', 'small', { ...grey, shortSide: 100 }).recipe.geometry).toMatchObject({ scale: { by: 'shortSide' } });
  });

  test('cost more from budget to budget', () => {
    const work = BUDGETS.map((budget) => {
      const { recipe } = experimentRecipe('ae', budget, colour);
      const { training } = multiplyAdds(autoencoderLayers(recipe));
      return training * (recipe.data.trainPatches ?? Infinity) * recipe.training.epochs;
    });
    expect(work[0]).toBeLessThan(work[1]! / 50);
    expect(work[1]).toBeLessThan(work[2]! / 50);
  });
});
