import type { SeenRecipe } from '@plumbline/ml/preview';
import { alphaStandsIn, type PreviewStep } from '@plumbline/ml/preview';
import type { Recipe } from '@plumbline/ml/recipes';

/** A step in words, with its size where the recipe fixes one. */
export function stepTitle(kind: PreviewStep['kind'], { geometry }: Pick<SeenRecipe, 'geometry'>): string {
  switch (kind) {
    case 'scaled':
      return geometry.kind === 'patch' ? `Resized to ${geometry.resize} × ${geometry.resize}` : 'At network scale';
    case 'patch':
      return `Patch, ${geometry.patch} × ${geometry.patch}`;
    case 'padded':
      return `Padded to ${geometry.kind === 'patch' ? geometry.padded : geometry.input}`;
    case 'input':
      return geometry.kind === 'patch' ? `Back to ${geometry.input}: the input` : `Padded to ${geometry.input}: the input`;
    case 'corrupted':
      return 'Corrupted, as the loss asks';
    case 'turned':
      return 'Turned, as the network sees it';
    case 'back':
      return 'Turned back';
  }
}

/** What has to be known to read a step; null where its title says it. */
export function stepNote(kind: PreviewStep['kind'], recipe: Recipe): string | null {
  if (kind === 'scaled') return 'The frame is where the patch is cut.';
  if (kind === 'turned' && alphaStandsIn(recipe))
    return 'The angle is the exhaustive search’s: a localisation network is not at hand before it is trained.';
  if (kind === 'corrupted') return 'The reconstruction is still compared with what it was before.';
  return null;
}

/** An angle in radians as whole degrees with its sign: "+37°". */
export function degrees(angle: number): string {
  const whole = Math.round((angle * 180) / Math.PI);
  return `${whole > 0 ? '+' : whole < 0 ? '−' : ''}${Math.abs(whole)}°`;
}
