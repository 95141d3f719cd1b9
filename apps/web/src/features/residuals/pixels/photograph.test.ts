import { expect, it } from 'vitest';
import { photographPixel } from './photograph.ts';

it('the photograph’s pixel lies under the middle of the network’s, at both ends of the image inside it', () => {
  const sizes = { width: 1024, height: 700, networkWidth: 256, networkHeight: 175 };
  expect(photographPixel({ x: 0, y: 0 }, sizes)).toEqual({ x: 2, y: 2 });
  expect(photographPixel({ x: 255, y: 174 }, sizes)).toEqual({ x: 1022, y: 698 });
  const same = { width: 64, height: 32, networkWidth: 64, networkHeight: 32 };
  expect(photographPixel({ x: 63, y: 31 }, same)).toEqual({ x: 63, y: 31 });
});
