import type { FloatMap, Mask } from '@plumbline/ml/geometry';
import type { Size } from '../camera/camera.ts';
import type { ColourMap } from '../colour/colour-map.ts';
import { reduceFurthest, type Blocks } from '../pixels/reduce.ts';
import { Recent } from './recent.ts';
import { fragmentShader, vertexShader } from './shaders.ts';
import { TILE_SIDE, tileKey, type Tile } from './surface.ts';
import { MASK_ALPHA, MASK_COLOURS, type ValueLook } from './value-look.ts';

/** Tiles of values kept on the graphics card, of all maps together: 128 MiB. */
const KEPT = (128 * 2 ** 20) / (4 * TILE_SIDE ** 2);

const uniformNames = [
  ...['rectangle', 'canvas', 'values', 'truth', 'scale', 'size', 'smoothly', 'asMask', 'outlined', 'good', 'threshold', 'range'],
  ...['found', 'falsely', 'missed'],
] as const;
type Uniforms = Readonly<Record<(typeof uniformNames)[number], WebGLUniformLocation | null>>;

/**
 * Colours the values of maps on the graphics card. They are handed over once as float32; another scale, colour map or threshold is another uniform,
 * for which the processor touches no pixel. One canvas serves all panes: a browser gives a page few of this kind.
 */
export class ValueRenderer {
  /** Who draws, as the browser calls it. */
  readonly name: string;
  readonly #gl: WebGL2RenderingContext;
  readonly #at: Uniforms;
  readonly #largest: number;
  readonly #textures: Recent<WebGLTexture>;
  readonly #scales = new WeakMap<ColourMap, WebGLTexture>();
  readonly #numbers = new WeakMap<object, number>();
  #count = 0;

  private constructor(gl: WebGL2RenderingContext, at: Uniforms) {
    this.#gl = gl;
    this.#at = at;
    this.#textures = new Recent(KEPT, (texture) => gl.deleteTexture(texture));
    const most = gl.getParameter(gl.MAX_VIEWPORT_DIMS) as Int32Array;
    this.#largest = Math.min(most[0] ?? 0, most[1] ?? 0);
    const details = gl.getExtension('WEBGL_debug_renderer_info');
    this.name = String(gl.getParameter(details ? details.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  }

  /** @param emulated whether a graphics card that the processor plays will do; null where the browser has none. */
  static create(emulated: boolean): ValueRenderer | null {
    const gl = new OffscreenCanvas(TILE_SIDE, TILE_SIDE).getContext('webgl2', {
      ...{ alpha: true, premultipliedAlpha: true, antialias: false, depth: false, stencil: false },
      preserveDrawingBuffer: true,
      failIfMajorPerformanceCaveat: !emulated,
    });
    const program = gl && programOf(gl);
    if (!gl || !program) return null;
    gl.useProgram(program);
    gl.bindVertexArray(gl.createVertexArray());
    gl.enable(gl.SCISSOR_TEST);
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
    const at = Object.fromEntries(uniformNames.map((name) => [name, gl.getUniformLocation(program, name)])) as Uniforms;
    gl.uniform1i(at.values, 0);
    gl.uniform1i(at.truth, 1);
    gl.uniform1i(at.scale, 2);
    for (const name of ['found', 'falsely', 'missed'] as const) {
      const alpha = MASK_ALPHA[name] / 255;
      const [red, green, blue] = MASK_COLOURS[name];
      gl.uniform4f(at[name], (red / 255) * alpha, (green / 255) * alpha, (blue / 255) * alpha, alpha);
    }
    const renderer = new ValueRenderer(gl, at);
    return emulated || !isEmulated(renderer.name) ? renderer : null;
  }

  /** False once the browser has taken the graphics card away, and for a canvas that is too large for it. */
  canDraw({ width, height }: Size): boolean {
    return !this.#gl.isContextLost() && Math.max(width, height) <= this.#largest;
  }

  /**
   * Draws tiles of a map and lays them on a canvas at the origin of its coordinates.
   * @param pane CSS pixels
   */
  draw(
    context: CanvasRenderingContext2D,
    map: FloatMap,
    look: ValueLook,
    { tiles, smooth }: { readonly tiles: readonly Tile[]; readonly smooth: boolean },
    pane: Size,
    pixelRatio: number,
  ): void {
    const gl = this.#gl;
    const [width, height] = [Math.ceil(pane.width * pixelRatio), Math.ceil(pane.height * pixelRatio)];
    const { canvas } = gl;
    // It only grows: a canvas that changes its size is made anew.
    if (canvas.width < width) canvas.width = width;
    if (canvas.height < height) canvas.height = height;
    gl.viewport(0, canvas.height - height, width, height);
    gl.scissor(0, canvas.height - height, width, height);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.uniform2f(this.#at.canvas, width, height);
    gl.uniform1i(this.#at.smoothly, Number(smooth));
    this.#setLook(look);
    for (const tile of tiles) {
      const { blocks, left, top, right, bottom } = tile;
      this.#bind(0, map, blocks);
      if (look.kind === 'mask' && look.truth) this.#bind(1, look.truth, blocks);
      gl.uniform2i(this.#at.size, blocks.columns, blocks.rows);
      gl.uniform4f(this.#at.rectangle, left * pixelRatio, top * pixelRatio, right * pixelRatio, bottom * pixelRatio);
      gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
    }
    context.imageSmoothingEnabled = false;
    context.drawImage(canvas, 0, 0, width, height, 0, 0, width / pixelRatio, height / pixelRatio);
  }

  #setLook(look: ValueLook): void {
    const gl = this.#gl;
    const at = this.#at;
    gl.uniform1i(at.asMask, Number(look.kind === 'mask'));
    if (look.kind === 'scale') {
      gl.uniform2f(at.range, look.range.minimum, look.range.maximum);
      gl.activeTexture(gl.TEXTURE2);
      gl.bindTexture(gl.TEXTURE_2D, this.#scaleOf(look.colours));
      return;
    }
    gl.uniform1f(at.threshold, notBelow(look.threshold));
    gl.uniform1i(at.outlined, Number(look.truth !== null));
    gl.uniform1i(at.good, Number(look.good));
  }

  #bind(unit: 0 | 1, values: FloatMap | Mask, blocks: Blocks): void {
    const gl = this.#gl;
    const number = this.#numbers.get(values) ?? ++this.#count;
    this.#numbers.set(values, number);
    const texture = this.#textures.get(`${number} ${tileKey(blocks)}`, () => {
      const made = this.#texture();
      const { columns, rows } = blocks;
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.R32F, columns, rows, 0, gl.RED, gl.FLOAT, reduceFurthest(values, blocks));
      return made;
    });
    gl.activeTexture(unit === 0 ? gl.TEXTURE0 : gl.TEXTURE1);
    gl.bindTexture(gl.TEXTURE_2D, texture);
  }

  #scaleOf(colours: ColourMap): WebGLTexture {
    const gl = this.#gl;
    const known = this.#scales.get(colours);
    if (known) return known;
    const made = this.#texture();
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, 256, 1, 0, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(colours.packed.buffer));
    this.#scales.set(colours, made);
    return made;
  }

  /** A new texture, bound to a unit that no shader reads. */
  #texture(): WebGLTexture {
    const gl = this.#gl;
    const made = gl.createTexture();
    gl.activeTexture(gl.TEXTURE3);
    gl.bindTexture(gl.TEXTURE_2D, made);
    for (const filter of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) gl.texParameteri(gl.TEXTURE_2D, filter, gl.NEAREST);
    for (const wrap of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) gl.texParameteri(gl.TEXTURE_2D, wrap, gl.CLAMP_TO_EDGE);
    return made;
  }
}

/** Whether a graphics card is one that the processor plays, by its name: not every browser admits it where it is asked for none of that kind. */
export const isEmulated = (name: string): boolean => /swiftshader|llvmpipe|softpipe|software|basic render/i.test(name);

/** The smallest float32 that is not below a threshold: a value of a map reaches the one where it reaches the other. */
export function notBelow(threshold: number): number {
  const value = new Float32Array([threshold]);
  if (value[0]! >= threshold) return value[0]!;
  const bits = new Int32Array(value.buffer);
  bits[0]! += value[0]! < 0 ? -1 : 1;
  return value[0]!;
}

/** Null where the browser's compiler refuses. */
function programOf(gl: WebGL2RenderingContext): WebGLProgram | null {
  const program = gl.createProgram();
  for (const [kind, source] of [
    [gl.VERTEX_SHADER, vertexShader],
    [gl.FRAGMENT_SHADER, fragmentShader],
  ] as const) {
    const shader = gl.createShader(kind);
    if (!shader) return null;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  return gl.getProgramParameter(program, gl.LINK_STATUS) ? program : null;
}
