import { expect, it } from 'vitest';
import { panesFigure } from './panes-figure.ts';
import type { SeenPane } from './seen-panes.ts';

const pane = (more: Partial<SeenPane>): SeenPane => ({
  ...{
    caption: 'Input, A <plain>',
    row: 0,
    column: 0,
    width: 200,
    height: 100,
    picture: 'data:image/png;base64,AAAA',
    legend: null,
    line: null,
  },
  ...more,
});

it('puts panes where they stand, with caption and scale, and enough room for each row', () => {
  const legend = { colours: 'vik', minimum: '-0.3', maximum: '0.3', threshold: '0.12' };
  const svg = panesFigure(
    'crack 1 & 2',
    ['SSIM'],
    [
      pane({}),
      pane({ column: 1, line: 0.25, caption: 'Mask over input, A | B' }),
      pane({ row: 1, caption: 'Residual of a variant whose name is far too long for this pane', legend }),
    ],
  );
  expect(svg).toContain('crack 1 &amp; 2');
  expect(svg).toContain('Input, A &lt;plain&gt;');
  expect(svg).toContain('-0.3 … 0.3, T 0.12');
  expect(svg.match(/<linearGradient id="vik">/g)).toHaveLength(1);
  expect(svg).not.toContain('id="inferno"');
  expect(svg).toMatch(/<path d="M270 [\d.]+v100"/);
  for (const word of ['found', 'false alarm', 'missed']) expect(svg).toContain(`>${word}</text>`);
  expect(svg).toContain('…</text>');
  const images = [...svg.matchAll(/<image x="([\d.]+)" y="([\d.]+)" width="200" height="100"/g)].map(([, x, y]) => [Number(x), Number(y)]);
  expect(images).toHaveLength(3);
  expect(images[1]![0]! - images[0]![0]!).toBe(208);
  expect(images[2]![1]! - images[0]![1]!).toBeGreaterThanOrEqual(100 + 32);
  const [, width, height] = svg.match(/viewBox="0 0 (\d+) (\d+)"/)!.map(Number);
  expect(width).toBe(408 + 24);
  expect(height).toBeGreaterThan(images[2]![1]! + 100);
});
