interface Sizes {
  /** Of the photograph as it was uploaded. */
  readonly width: number;
  readonly height: number;
  /** Of what the network saw of it. */
  readonly networkWidth: number;
  readonly networkHeight: number;
}

/** The photograph's pixel under the middle of a network-scale pixel (both counted from 0), since the whole photograph was resized to that scale. */
export function photographPixel(at: { readonly x: number; readonly y: number }, sizes: Sizes): { x: number; y: number } {
  return {
    x: Math.floor(((at.x + 0.5) * sizes.width) / sizes.networkWidth),
    y: Math.floor(((at.y + 0.5) * sizes.height) / sizes.networkHeight),
  };
}
