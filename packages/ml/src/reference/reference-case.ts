import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** An array of a reference case: raw little-endian, last index fastest. */
export interface ReferenceArray {
  readonly file: string;
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'uint8';
}

export interface Tolerance {
  readonly abs?: number;
  readonly rel?: number;
}

/** `cases/` beside the project, or where PLUMBLINE_REFERENCE_CASES points. */
const folder = process.env['PLUMBLINE_REFERENCE_CASES']
  ? resolve(process.env['PLUMBLINE_REFERENCE_CASES'])
  : fileURLToPath(new URL('../../../../../shared/reference/cases', import.meta.url));

/** Why reference tests are skipped, for the suite's title; empty where the cases are at hand. */
export const referenceAbsent = existsSync(join(folder, 'index.json'))
  ? ''
  : ` (skipped: no reference cases in ${folder}; set PLUMBLINE_REFERENCE_CASES)`;

/** One case's `case.json` and its arrays. `Inputs` and `Expected` are the caller's knowledge of the case. */
export class ReferenceCase<Inputs, Expected> {
  readonly inputs: Inputs;
  readonly expected: Expected;
  readonly #dir: string;
  readonly #tolerance: Record<string, Tolerance>;

  constructor(name: string) {
    this.#dir = join(folder, name);
    const parsed = JSON.parse(readFileSync(join(this.#dir, 'case.json'), 'utf8')) as {
      inputs: Inputs;
      expected: Expected;
      tolerance: Record<string, Tolerance>;
    };
    this.inputs = parsed.inputs;
    this.expected = parsed.expected;
    this.#tolerance = parsed.tolerance;
  }

  /** Absolute path of a file of the case. */
  path(file: string): string {
    return join(this.#dir, file);
  }

  floats(array: ReferenceArray): Float32Array {
    const bytes = readFileSync(this.path(array.file));
    return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  }

  bytes(array: ReferenceArray): Uint8Array {
    return new Uint8Array(readFileSync(this.path(array.file)));
  }

  /** The tolerance of a field: its own, else the default. */
  tolerance(field: string): Tolerance {
    const own = this.#tolerance[field] ?? this.#tolerance['default'];
    if (!own) throw new Error(`the case states no tolerance for ${field}`);
    return own;
  }
}

/**
 * How far the worst entry lies beyond its tolerance: max over entries of |got − expected| − (abs + rel·|expected|), so ≤ 0 where all agree.
 * Infinity where lengths differ or a value is not a number.
 */
export function excess(got: ArrayLike<number>, expected: ArrayLike<number>, tolerance: Tolerance): number {
  if (got.length !== expected.length) return Infinity;
  let worst = -Infinity;
  for (let i = 0; i < got.length; i++) {
    const beyond = Math.abs(got[i]! - expected[i]!) - (tolerance.abs ?? 0) - (tolerance.rel ?? 0) * Math.abs(expected[i]!);
    if (!(beyond <= worst)) worst = Number.isNaN(beyond) ? Infinity : beyond;
  }
  return worst;
}
