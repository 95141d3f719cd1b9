/** Columns `left` … `right` and rows `top` … `bottom` of a picture, all of them included; empty where `bottom` < `top`. */
export interface Bounds {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export const wholeOf = (side: number): Bounds => ({ left: 0, right: side - 1, top: 0, bottom: side - 1 });

/**
 * The smallest bounds around all values other than 0 of image `n` of a batch [count, side, side, channels]. A patch is half padding, and so is what
 * comes back from its region of interest: nothing needs to be computed there.
 */
export function boundsOf(images: Float32Array, n: number, side: number, channels: number): Bounds {
  const line = side * channels;
  const start = n * side * line;
  const rowHolds = (y: number): boolean => {
    for (let i = start + y * line, end = i + line; i < end; i++) if (images[i] !== 0) return true;
    return false;
  };
  let top = 0;
  while (top < side && !rowHolds(top)) top++;
  let bottom = side - 1;
  while (bottom > top && !rowHolds(bottom)) bottom--;
  let first = line;
  let last = -1;
  for (let y = top; y <= bottom && y < side; y++) {
    const row = start + y * line;
    for (let i = 0; i < first; i++) if (images[row + i] !== 0) first = i;
    for (let i = line - 1; i > last; i--) if (images[row + i] !== 0) last = i;
  }
  if (last < 0) return { left: 0, right: -1, top: 0, bottom: -1 };
  return { left: Math.floor(first / channels), right: Math.floor(last / channels), top, bottom };
}
