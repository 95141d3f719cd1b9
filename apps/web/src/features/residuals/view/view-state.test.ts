import { describe, expect, it } from 'vitest';
import { initialView, parseView, writeView, type ViewState } from './view-state.ts';

const everything: ViewState = {
  measure: 'mse',
  ssim: { window: 'gaussian', sigma: 0.8, size: 7 },
  pixelThreshold: { ssim: 0.31, mse: 812.5 },
  imageThreshold: { ssim: 0, mse: 1200 },
  scale: { ssim: 0.9, mse: null },
  colours: 'cividis',
  labels: ['scratch', 'dent & more'],
  outcomes: ['fn', 'fp'],
  sort: 'lowest',
  cell: 200,
  opened: 'rec_1',
  selected: 'rec_2',
  camera: { x: 90.25, y: 12, zoom: 32 },
  showMask: false,
  showTruth: false,
  pane: 'residual',
};

describe('view in the address', () => {
  it('comes back whole', () => {
    expect(parseView(new URLSearchParams(writeView(everything, new URLSearchParams()).toString()))).toEqual(everything);
  });

  it('keeps a uniform window without a sigma', () => {
    const view = { ...initialView, ssim: { window: 'uniform' as const, sigma: 1.5, size: 11 } };
    const params = writeView(view, new URLSearchParams());
    expect(params.toString()).toBe('window=uniform&size=11');
    expect(parseView(params)).toEqual(view);
  });

  it('is empty for the initial view and leaves foreign parameters alone', () => {
    expect(writeView(initialView, new URLSearchParams('tab=metrics&measure=mse&it.mse=3')).toString()).toBe('tab=metrics');
    expect(parseView(new URLSearchParams('tab=metrics'))).toEqual(initialView);
  });

  it('takes the initial value where the address makes no sense', () => {
    const text =
      'measure=psnr&window=gaussian&sigma=x&size=9&t.ssim=&it.mse=abc&max.mse=-3&colours=jet&outcome=maybe&sort=up&cell=wide&view=1,2&pane=nowhere';
    expect(parseView(new URLSearchParams(text))).toEqual(initialView);
    expect(parseView(new URLSearchParams('view=1,2,0')).camera).toBeNull();
    expect(parseView(new URLSearchParams('view=1,,3')).camera).toBeNull();
  });

  it('brings values from outside the limits to the limits, and windows to odd sizes', () => {
    const view = parseView(new URLSearchParams('cell=9999&window=gaussian&sigma=99&size=8'));
    expect(view.cell).toBe(320);
    expect(view.ssim).toEqual({ window: 'gaussian', sigma: 20, size: 9 });
  });
});
