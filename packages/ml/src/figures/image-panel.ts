import { documentOf } from './frame.ts';
import { element, textAt } from './svg.ts';
import { TYPE } from './theme.ts';

export interface PanelImage {
  readonly caption: string;
  /** `data:image/png;base64,…`; the figure refers to nothing outside itself. */
  readonly uri: string;
}

export interface ImagePanel {
  readonly title: string;
  readonly images: readonly PanelImage[];
  readonly columns?: number;
  /** Side of each square. */
  readonly side?: number;
}

/**
 * Images side by side with their captions as an SVG document; pixels are shown as they are, without smoothing.
 * @throws RangeError for an address that is not a data URI of a PNG
 */
export function imagePanel({ title, images, columns = images.length, side = 128 }: ImagePanel): string {
  const foreign = images.find((image) => !image.uri.startsWith('data:image/png;base64,'));
  if (foreign) throw new RangeError(`the image ${foreign.caption} is not a PNG data URI; a figure must not depend on other files`);
  const gap = 12;
  const cell = side + TYPE.line + gap;
  const rows = Math.ceil(images.length / Math.max(columns, 1));
  const width = Math.max(columns, 1) * (side + gap) - gap;
  return documentOf(title, width, TYPE.line + 6 + rows * cell - gap + 4, [
    ...images.map(({ caption, uri }, i) => {
      const x = (i % columns) * (side + gap);
      const y = TYPE.line + 6 + Math.floor(i / columns) * cell;
      return (
        element('image', { href: uri, x, y, width: side, height: side, style: 'image-rendering:pixelated' }) +
        textAt(x, y + side + TYPE.line - 4, caption, { class: 'pf-soft' })
      );
    }),
  ]);
}

/** The bytes of a PNG as an address that can stand in a figure or a page. */
export function pngUri(png: Uint8Array): string {
  let text = '';
  for (let i = 0; i < png.length; i += 8192) text += String.fromCharCode(...png.subarray(i, i + 8192));
  return `data:image/png;base64,${btoa(text)}`;
}
