import { describe, expect, test } from 'vitest';
import { binned, histogramChart, lineChart, pngUri, seedBand } from './index.ts';
import { linearScale, logScale, niceStep, tickLabels } from './scale.ts';

/** Points of the first path of a class, in figure pixels. */
function pathOf(svg: string, kind: string): [number, number][] {
  const path = new RegExp(`<path[^>]*class="[^"]*${kind}[^"]*"[^>]*>`, 'g');
  const found = [...svg.matchAll(path)].map((match) => / d="([^"]+)"/.exec(match[0])?.[1] ?? '').find((d) => d.split('L').length > 1);
  return [...(found ?? '').matchAll(/[ML]([-\d.]+) ([-\d.]+)/g)].map((match) => [Number(match[1]), Number(match[2])]);
}

const axes = { x: { label: 'epoch' }, y: { label: 'loss' } };
const straight = Array.from({ length: 5 }, (_, i) => ({ x: i, y: 10 * i }));

describe('axes', () => {
  test('steps are 1, 2, 2.5 or 5 times a power of ten and never more than asked for', () => {
    for (const span of [0.0007, 0.3, 1, 7, 24, 99, 12345]) {
      for (const count of [2, 4, 7]) {
        const step = niceStep(span, count);
        expect(span / step).toBeLessThanOrEqual(count + 1e-9);
        expect([1, 2, 2.5, 5, 10].map((factor) => (step / 10 ** Math.floor(Math.log10(step))).toFixed(3) === factor.toFixed(3))).toContain(
          true,
        );
      }
    }
  });

  test('a linear axis begins and ends on ticks that enclose the values', () => {
    const scale = linearScale([3, 97], 5);
    expect([scale.from, scale.to, scale.ticks]).toEqual([0, 100, [0, 20, 40, 60, 80, 100]]);
    expect([scale.position(0), scale.position(50), scale.position(100)]).toEqual([0, 0.5, 1]);
  });

  test('what is counted has whole ticks only', () => {
    expect(linearScale([1, 2], 6, { whole: true }).ticks).toEqual([1, 2]);
    expect(linearScale([1, 24], 9, { whole: true }).ticks.every(Number.isInteger)).toBe(true);
  });

  test('equal values and none at all still make an axis', () => {
    expect(linearScale([5, 5], 4).ticks.length).toBeGreaterThan(1);
    expect(linearScale([], 4).ticks.length).toBeGreaterThan(1);
    expect(logScale([], 4).ticks.length).toBeGreaterThan(1);
    expect(logScale([0, -3], 4).position(1)).toBe(0);
  });

  test('a logarithmic axis gives equal room to equal ratios', () => {
    const scale = logScale([1, 1000], 5);
    expect(scale.position(100) - scale.position(10)).toBeCloseTo(scale.position(1000) - scale.position(100), 12);
    expect(scale.ticks).toEqual([1, 10, 100, 1000]);
  });

  test('a logarithmic axis of less than a decade keeps even ticks around its values', () => {
    const scale = logScale([1010, 1180], 4);
    expect([scale.kind, scale.from, scale.to]).toEqual(['log', 1000, 1200]);
    expect(scale.ticks.length).toBeGreaterThan(2);
    expect(scale.position(Math.sqrt(1000 * 1200))).toBeCloseTo(0.5, 12);
  });

  test('labels of one axis share their decimals, thousands are grouped, minus is a minus', () => {
    expect(tickLabels(linearScale([0, 0.2], 4))).toEqual(['0.00', '0.05', '0.10', '0.15', '0.20']);
    expect(tickLabels(linearScale([-20000, 20000], 4))).toEqual(['−20\u202f000', '−10\u202f000', '0', '10\u202f000', '20\u202f000']);
  });
});

describe('line chart', () => {
  test('equal steps of the data are equal steps of the line, upwards for growing values, within the figure', () => {
    const points = pathOf(lineChart({ title: 't', ...axes, series: [{ name: 'a', points: straight }] }), 'pf-line');
    expect(points).toHaveLength(5);
    const [dx, dy] = [points[1]![0] - points[0]![0], points[1]![1] - points[0]![1]];
    points.slice(1).forEach(([x, y], i) => {
      expect(x - points[i]![0]).toBeCloseTo(dx, 1);
      expect(y - points[i]![1]).toBeCloseTo(dy, 1);
    });
    expect(dx).toBeGreaterThan(0);
    expect(dy).toBeLessThan(0);
    for (const [x, y] of points) expect(x > 0 && x < 440 && y > 0 && y < 280).toBe(true);
  });

  test('the line of a band runs inside it', () => {
    const band = straight.map(({ x, y }) => ({ x, y, low: y - 3, high: y + 5 }));
    const svg = lineChart({ title: 't', ...axes, series: [{ name: 'a', points: straight, band }] });
    const line = pathOf(svg, 'pf-line');
    const outline = pathOf(svg, 'pf-band');
    expect(outline).toHaveLength(10);
    line.forEach(([x, y], i) => {
      const [upper, lower] = [outline[i]!, outline[9 - i]!];
      expect([upper[0], lower[0]]).toEqual([x, x]);
      expect(upper[1]).toBeLessThan(y);
      expect(lower[1]).toBeGreaterThan(y);
    });
  });

  test('a value without a place interrupts its line instead of drawing a wrong one', () => {
    const points = [...straight.slice(1, 3), { x: 3, y: 0 }, { x: 4, y: 5 }, { x: 5, y: 6 }];
    const svg = lineChart({ title: 't', x: axes.x, y: { label: 'loss', scale: 'log' }, series: [{ name: 'a', points }] });
    expect(svg.match(/class="pf-line[^>]*d="M[^"]*L/g)).toHaveLength(2);
    expect(svg).not.toMatch(/NaN|Infinity/);
  });

  test('the legend names every line and marker, and a lone line needs none', () => {
    const two = lineChart({
      title: 't',
      ...axes,
      series: [
        { name: 'first', points: straight },
        { name: 'second', points: straight },
      ],
    });
    expect([two.includes('>first<'), two.includes('>second<')]).toEqual([true, true]);
    expect(lineChart({ title: 't', ...axes, series: [{ name: 'only', points: straight }] })).not.toContain('>only<');
  });

  test('the same input gives the same text, and text is escaped', () => {
    const chart = { title: '<a> & "b"', ...axes, series: [{ name: 'a', points: straight }] };
    expect(lineChart(chart)).toBe(lineChart(chart));
    expect(lineChart(chart)).toContain('>&lt;a&gt; &amp; &quot;b&quot;<');
  });
});

test('a band over seeds is the mean with the extremes where every seed has a value', () => {
  const runs = [
    [
      { x: 1, y: 2 },
      { x: 2, y: 4 },
    ],
    [
      { x: 1, y: 4 },
      { x: 2, y: 8 },
    ],
    [{ x: 1, y: 6 }],
  ];
  expect(seedBand(runs)).toEqual([{ x: 1, y: 4, low: 2, high: 6 }]);
  expect(seedBand([runs[0]!])[1]).toEqual({ x: 2, y: 4, low: 4, high: 4 });
  expect(seedBand([])).toEqual([]);
});

describe('histogram', () => {
  test('every value is counted once, the upper end in the last bin and what lies outside at the ends', () => {
    const bins = binned([-9, 0, 0.1, 0.5, 0.99, 1, 7], 0, 1, 2);
    expect(bins).toEqual([
      { from: 0, to: 0.5, count: 3 },
      { from: 0.5, to: 1, count: 4 },
    ]);
    expect(() => binned([1], 2, 2, 4)).toThrow(/not possible/);
  });

  test('bars are as high as their counts, and an empty bin has none', () => {
    const bins = [
      { from: 0, to: 1, count: 10 },
      { from: 1, to: 2, count: 0 },
      { from: 2, to: 3, count: 5 },
    ];
    const svg = histogramChart({ title: 't', x: { label: 'v' }, y: { label: 'n' }, bins });
    const heights = [...svg.matchAll(/<rect[^>]*height="([\d.]+)"/g)].map((match) => Number(match[1]));
    expect(heights).toHaveLength(2);
    expect(heights[0]).toBeCloseTo(2 * heights[1]!, 1);
  });
});

test('the bytes of a PNG become an address that holds them', () => {
  expect(pngUri(Uint8Array.of(137, 80, 78, 71))).toBe('data:image/png;base64,iVBORw==');
});
