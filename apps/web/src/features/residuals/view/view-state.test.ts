import { describe, expect, it } from 'vitest';
import { rowsWith } from '../viewer/arrange-panes.ts';
import { parseView, writeView } from './view-address.ts';
import { initialView, rowNames, steppedTo, withEvaluations, withValue, type ViewState } from './view-state.ts';

const everything: ViewState = {
  evaluations: ['evl_1', 'evl_2', 'evl_3'],
  lead: 2,
  hidden: [1],
  pair: [2, 0],
  compare: 'swipe',
  rows: ['residual', 'input'],
  ownScale: true,
  showFrames: true,
  patch: 3,
  measure: 'mse',
  ssim: { window: 'gaussian', sigma: 0.8, size: 7 },
  pixelThreshold: { ssim: [0.31], mse: [null, 812.5] },
  imageThreshold: { ssim: [0, null, 0.5], mse: [1200] },
  scale: { ssim: 0.9, mse: null, expected: 12.5 },
  colours: 'cividis',
  labels: ['scratch', 'dent & more'],
  outcomes: ['fn', 'fp'],
  anyOutcome: true,
  splits: ['validation', 'test'],
  scoreRanges: { ssim: [{ from: 0.12, to: 0.3 }, null, { from: null, to: 1e-7 }], mse: [null, { from: 812.5, to: null }] },
  commented: 'open',
  shared: true,
  sort: 'catches',
  cell: 200,
  opened: 'img_1',
  selected: 'img_2',
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

  it('shows what was decoded only where somebody asked for it', () => {
    expect(parseView(new URLSearchParams()).rows).toEqual(['input', 'normalised', 'reconstruction', 'residual', 'mask']);
    const asked = { ...initialView, rows: rowsWith(initialView.rows, 'decoded', true) };
    const params = writeView(asked, new URLSearchParams());
    expect(params.get('rows')).toBe(rowNames.join());
    expect(parseView(params)).toEqual(asked);
    expect(writeView({ ...asked, rows: rowsWith(asked.rows, 'decoded', false) }, new URLSearchParams()).toString()).toBe('');
  });

  it('puts a row that is shown again behind those before it, however the others stand', () => {
    expect(rowsWith(['input', 'mask'], 'residual', true)).toEqual(['input', 'residual', 'mask']);
    expect(rowsWith(['residual', 'reconstruction'], 'input', true)).toEqual(['input', 'residual', 'reconstruction']);
    expect(rowsWith(['residual', 'input'], 'decoded', true)).toEqual(['residual', 'input', 'decoded']);
    expect(rowsWith(['residual'], 'residual', false)).toEqual(['residual']);
  });

  it('takes the initial value where the address makes no sense', () => {
    const text =
      'measure=psnr&window=gaussian&sigma=x&size=9&t.ssim=&it.mse=abc&max.mse=-3&colours=jet&outcome=maybe&sort=up&cell=wide&view=1,2&pane=nowhere&lead=0&hide=9,x&pair=1,1&compare=dots&norows=none&score.ssim=0.3,a..b,1..2..3&score.mse=..&split=holdout&comments=loud&shared=yes&outcomes=some';
    expect(parseView(new URLSearchParams(text))).toEqual(initialView);
    expect(parseView(new URLSearchParams('view=1,2,0')).camera).toBeNull();
    expect(parseView(new URLSearchParams('view=1,,3')).camera).toBeNull();
  });

  it('brings values from outside the limits to the limits, and windows to odd sizes', () => {
    const view = parseView(new URLSearchParams('cell=9999&window=gaussian&sigma=99&size=8'));
    expect(view.cell).toBe(320);
    expect(view.ssim).toEqual({ window: 'gaussian', sigma: 20, size: 9 });
  });

  it('reads what was written of one evaluation before there could be several', () => {
    const view = parseView(new URLSearchParams('it.ssim=0.3&t.mse=900&image=rec_1'));
    expect(view).toEqual({
      ...initialView,
      imageThreshold: { ssim: [0.3], mse: [] },
      pixelThreshold: { ssim: [], mse: [900] },
      opened: 'rec_1',
    });
  });
});

describe('the evaluations of a view', () => {
  const ids = ['a', 'b', 'c'];
  const view: ViewState = { ...everything, evaluations: ids, lead: 2, hidden: [0, 1], pair: [2, 0] };

  it('take what names their place along when they are put in another order', () => {
    const next = withEvaluations(view, ids, ['c', 'a', 'b']);
    expect(next).toMatchObject({ evaluations: ['c', 'a', 'b'], lead: 0, hidden: [1, 2], pair: [0, 1] });
    expect(next.imageThreshold.ssim).toEqual([0.5, 0]);
    expect(next.pixelThreshold.mse).toEqual([null, null, 812.5]);
    expect(next.scoreRanges.ssim).toEqual([
      { from: null, to: 1e-7 },
      { from: 0.12, to: 0.3 },
    ]);
    expect(next.scoreRanges.mse).toEqual([null, null, { from: 812.5, to: null }]);
  });

  it('leave nothing of theirs behind when they are taken out, and bring nothing when they come', () => {
    const next = withEvaluations(view, ids, ['b', 'd']);
    expect(next).toMatchObject({ evaluations: ['b', 'd'], lead: 0, hidden: [0], pair: [0, 1] });
    expect(next.imageThreshold).toEqual({ ssim: [], mse: [] });
    expect(next.pixelThreshold).toEqual({ ssim: [], mse: [812.5] });
    expect(next.scoreRanges).toEqual({ ssim: [], mse: [{ from: 812.5, to: null }] });
  });

  it('have their own threshold again when the one set by hand is given back', () => {
    expect(withValue([0.1, null, 0.3], 2, null)).toEqual([0.1]);
    expect(withValue([], 1, 0.2)).toEqual([null, 0.2]);
  });
});

describe('a step of the history', () => {
  const set: Partial<ViewState> = {
    pixelThreshold: { ssim: [0.2], mse: [] },
    ssim: { window: 'uniform', sigma: 1.5, size: 9 },
    measure: 'mse',
    scale: { ssim: null, mse: 700, expected: null },
    hidden: [1],
    rows: ['residual'],
    compare: 'blink',
    lead: 2,
    showFrames: true,
  };
  const grid: ViewState = { ...initialView, evaluations: ['a', 'b', 'c'], selected: 'img_1' };
  const opened: ViewState = { ...grid, ...set, opened: 'img_2', selected: 'img_2', camera: { x: 1, y: 2, zoom: 30 } };

  it('that closes an image keeps everything set in it, but where the camera stood', () => {
    expect(steppedTo(opened, grid)).toEqual({ ...grid, ...set, selected: 'img_2' });
    // A variant moved to another place in the opened image is among what is kept.
    expect(steppedTo({ ...opened, evaluations: ['b', 'a', 'c'] }, grid).evaluations).toEqual(['b', 'a', 'c']);
  });

  it('that opens it again keeps what was set in the grid since', () => {
    const since = { ...grid, ...set, cell: 200 };
    expect(steppedTo(since, { ...grid, opened: 'img_2' })).toEqual({ ...since, opened: 'img_2', selected: 'img_2' });
  });

  it('to other evaluations, or from grid to grid, shows what the address says', () => {
    const before: ViewState = { ...grid, evaluations: ['a', 'b'] };
    expect(steppedTo(opened, before)).toBe(before);
    expect(steppedTo({ ...grid, lead: 1 }, grid)).toBe(grid);
  });
});
