import type { Angles } from './batch.ts';
import { orientationDifference } from './rotation.ts';

/**
 * How well known turns are recovered, per pair in radians in [0, π/2]. A pair is a patch cut at angle 0 and one cut there at the angle φ (`cutTurned`), which
 * shows the first as `rotate` turns it by φ. Whoever orients both alike turns the second by φ less than the first, so the error is |α₂ + φ − α₁| modulo
 * 180°. It needs no ground truth of the orientation itself, and where the turns cover half a circle evenly a constant answer scores as badly as chance.
 * @param plain estimates for the unturned patches, radians
 * @param turned estimates for the turned ones
 * @param turns the known φ, radians
 * @throws RangeError where the lists differ in length
 */
export function recoveryErrors(plain: Angles, turned: Angles, turns: Angles): Float64Array {
  if (plain.length !== turns.length || turned.length !== turns.length)
    throw new RangeError(`${turns.length} turns need as many pairs of estimates, not ${plain.length} and ${turned.length}`);
  return Float64Array.from({ length: turns.length }, (_, n) => Math.abs(orientationDifference(turned[n]! + turns[n]!, plain[n]!)));
}

/** Beyond it an orientation counts as missed. */
export const missedBeyondDegrees = 15;

/** Degrees; chance is a median of 45° with five sixths missed. */
export interface Recovery {
  readonly pairs: number;
  readonly medianDegrees: number;
  /** 90 % of the pairs are at or below it. */
  readonly percentile90Degrees: number;
  /** Share of the pairs whose error exceeds 15°, 0…1. */
  readonly missedShare: number;
}

/**
 * Median, 90th percentile (both interpolated linearly between ranks) and share of missed orientations.
 * @param errors radians, from `recoveryErrors`
 * @throws RangeError where there are none
 */
export function summariseRecovery(errors: Float64Array): Recovery {
  if (errors.length === 0) throw new RangeError('no pairs of patches were given: the recovery of known turns cannot be measured');
  const degrees = errors.map((error) => (error * 180) / Math.PI).sort();
  const at = (share: number) => {
    const rank = share * (degrees.length - 1);
    const below = degrees[Math.floor(rank)]!;
    return below + (degrees[Math.ceil(rank)]! - below) * (rank - Math.floor(rank));
  };
  return {
    pairs: degrees.length,
    medianDegrees: at(0.5),
    percentile90Degrees: at(0.9),
    missedShare: degrees.filter((error) => error > missedBeyondDegrees).length / degrees.length,
  };
}
