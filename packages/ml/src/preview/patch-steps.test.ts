import { describe, expect, test } from 'vitest';
import { drawPatch } from '../augmentation/index.ts';
import { regionOfInterest, toNetworkScale, type Mask, type PixelImage } from '../geometry/index.ts';
import { resolveRecipe } from '../recipes/index.ts';
import { orientationDifference } from '../transformer/index.ts';
import { alphaStandsIn, patchSteps, scaledFor, type PreviewStep } from './index.ts';

/** Stripes at an angle, and a bright square that the mask marks. */
function photograph(angle = 0): { image: PixelImage; mask: Mask } {
  const side = 256;
  const mask: Mask = { width: side, height: side, data: new Uint8Array(side * side) };
  const data = Float32Array.from({ length: side * side }, (_, i) => {
    const [x, y] = [i % side, Math.floor(i / side)];
    const marked = x >= 100 && x < 160 && y >= 90 && y < 150;
    if (marked) mask.data[i] = 1;
    return marked ? 1 : 0.3 + 0.2 * Math.sin((Math.cos(angle) * y - Math.sin(angle) * x) / 3);
  });
  return { image: { width: side, height: side, channels: 1, data }, mask };
}

const steps = (name: string, sets: string[] = [], { image, mask } = photograph(), index = 0) => {
  const recipe = resolveRecipe(name, ['channels=1', ...sets]);
  return { recipe, ...patchSteps(scaledFor(image, mask, recipe), recipe, { seed: 1, source: 'a', index }) };
};
const kinds = (list: readonly PreviewStep[]): string[] => list.map(({ kind }) => kind);
const step = (list: readonly PreviewStep[], kind: string): PreviewStep => list.find((one) => one.kind === kind)!;

describe('the way of a patch to the network', () => {
  test('has the steps that the recipe takes and no others', () => {
    expect(kinds(steps('ae').steps)).toEqual(['scaled', 'patch', 'input']);
    expect(kinds(steps('paper/ae').steps)).toEqual(['scaled', 'patch', 'padded', 'input']);
    expect(kinds(steps('loss/denoise-blocks').steps)).toEqual(['scaled', 'patch', 'input', 'corrupted']);
    expect(kinds(steps('paper/stn-frozen').steps)).toEqual(['scaled', 'patch', 'padded', 'input', 'turned', 'back']);
  });

  test('ends in the very values that a training draws, in both geometries, turned and straight', () => {
    for (const name of ['sample/ae', 'paper/ae'])
      for (let index = 0; index < 6; index++) {
        const shown = steps(name, ['augmentation.rotation.probability=0.5'], photograph(), index);
        const scaled = toNetworkScale(photograph().image, shown.recipe.geometry);
        expect(step(shown.steps, 'input').image).toEqual(drawPatch(scaled, shown.recipe, 1, 'a', index));
      }
  });

  test('carries mask and region of interest along: the marked pixels stay the bright ones, and none leaves the region', () => {
    for (const name of ['sample/ae', 'paper/ae', 'paper/stn-frozen'])
      for (let index = 0; index < 4; index++) {
        const shown = steps(name, ['augmentation.rotation.probability=1', 'augmentation.rotation.degrees=180'], photograph(), index);
        for (const { kind, image, roi, mask } of shown.steps) {
          const at = `${name} ${kind} ${index}`;
          expect([mask!.width, mask!.height], at).toEqual([image.width, image.height]);
          const marked = [...mask!.data.keys()].filter((i) => mask!.data[i] === 1);
          const bright = marked.filter((i) => image.data[i]! > 0.7).length;
          if (marked.length > 50) expect(bright / marked.length, at).toBeGreaterThan(0.85);
          if (roi) expect(marked.filter((i) => roi.data[i] === 0).length, at).toBeLessThanOrEqual(marked.length * 0.05);
        }
        expect(step(shown.steps, 'input').roi).toEqual(regionOfInterest(shown.recipe.geometry));
      }
  });

  test('corruption touches the region alone', () => {
    const shown = steps('loss/denoise-blocks');
    const [input, corrupted] = [step(shown.steps, 'input'), step(shown.steps, 'corrupted')];
    const changed = [...input.image.data.keys()].filter((i) => input.image.data[i] !== corrupted.image.data[i]);
    expect(changed.length).toBeGreaterThan(0);
    expect(changed.every((i) => corrupted.image.data[i] === 0 && input.roi!.data[i] === 1)).toBe(true);
  });

  test('stripes at any angle are turned to one orientation, and back to where they were', () => {
    const straight = ['augmentation.rotation.probability=0'];
    const plain = (angle: number) => {
      const { image } = photograph(angle);
      return { image: { ...image, data: image.data.map((value) => (value === 1 ? 0.3 : value)) }, mask: photograph().mask };
    };
    const alphas = [0, 0.3, -0.5].map((angle) => steps('search', straight, plain(angle)).alpha!);
    expect(Math.abs(orientationDifference(alphas[1]! - alphas[0]!, 0.3))).toBeLessThan(0.05);
    expect(Math.abs(orientationDifference(alphas[2]! - alphas[0]!, -0.5))).toBeLessThan(0.05);
  });

  test('the seed decides: the same draw gives the same patch, another seed another', () => {
    const recipe = resolveRecipe('ae', ['channels=1']);
    const { image, mask } = photograph();
    const at = (seed: number) => patchSteps(scaledFor(image, mask, recipe), recipe, { seed, source: 'a', index: 0 });
    expect(at(7)).toEqual(at(7));
    expect(at(8).place).not.toEqual(at(7).place);
  });

  test('says where the angle stands in for a network that is not trained yet', () => {
    expect(alphaStandsIn(resolveRecipe('stn-frozen'))).toBe(true);
    expect(alphaStandsIn(resolveRecipe('search'))).toBe(false);
  });
});
