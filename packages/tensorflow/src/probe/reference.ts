/** A convolution's geometry: NHWC input, HWIO filter, zero padding before the first row and column. */
export interface ConvolutionShape {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly inChannels: number;
  readonly outChannels: number;
  readonly filterHeight: number;
  readonly filterWidth: number;
  readonly strideHeight: number;
  readonly strideWidth: number;
  readonly padTop: number;
  readonly padLeft: number;
  readonly outHeight: number;
  readonly outWidth: number;
}

export interface ConvolutionResult {
  /** [batch, outHeight, outWidth, outChannels] */
  readonly output: Float64Array;
  /** Gradient of sum(output · upstream) by the input, [batch, height, width, inChannels]. */
  readonly inputGradient: Float64Array;
  /** The same by the filter, [filterHeight, filterWidth, inChannels, outChannels]. */
  readonly filterGradient: Float64Array;
}

/** The index triples of one convolution: each product of an input and a filter value, and the output value it adds to. */
function eachProduct(s: ConvolutionShape, visit: (input: number, filter: number, output: number) => void): void {
  for (let b = 0; b < s.batch; b++)
    for (let oy = 0; oy < s.outHeight; oy++)
      for (let ox = 0; ox < s.outWidth; ox++)
        for (let ky = 0; ky < s.filterHeight; ky++)
          for (let kx = 0; kx < s.filterWidth; kx++) {
            const y = oy * s.strideHeight + ky - s.padTop;
            const x = ox * s.strideWidth + kx - s.padLeft;
            if (y < 0 || y >= s.height || x < 0 || x >= s.width) continue;
            const pixel = ((b * s.height + y) * s.width + x) * s.inChannels;
            const tap = (ky * s.filterWidth + kx) * s.inChannels;
            const place = ((b * s.outHeight + oy) * s.outWidth + ox) * s.outChannels;
            for (let i = 0; i < s.inChannels; i++)
              for (let o = 0; o < s.outChannels; o++) visit(pixel + i, (tap + i) * s.outChannels + o, place + o);
          }
}

/** A convolution and both its gradients straight from the definition, in double precision: slow, and what every engine is compared with. */
export function convolutionReference(
  shape: ConvolutionShape,
  input: ArrayLike<number>,
  filter: ArrayLike<number>,
  upstream: ArrayLike<number>,
): ConvolutionResult {
  const output = new Float64Array(shape.batch * shape.outHeight * shape.outWidth * shape.outChannels);
  const inputGradient = new Float64Array(input.length);
  const filterGradient = new Float64Array(filter.length);
  const at = (values: ArrayLike<number> | Float64Array, index: number): number => values[index] ?? 0;
  eachProduct(shape, (i, f, o) => {
    output[o] = at(output, o) + at(input, i) * at(filter, f);
    inputGradient[i] = at(inputGradient, i) + at(upstream, o) * at(filter, f);
    filterGradient[f] = at(filterGradient, f) + at(upstream, o) * at(input, i);
  });
  return { output, inputGradient, filterGradient };
}
