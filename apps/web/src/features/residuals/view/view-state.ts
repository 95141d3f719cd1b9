import { measures, type Measure } from '@plumbline/ml/residuals';
import type { Camera } from '../camera/camera.ts';
import { colourMapNames, type ColourMapName } from '../colour/colour-map.ts';
import { outcomes, type Outcome } from '../pixels/confusion.ts';

export { measures, type Measure };

export type Sort = 'highest' | 'lowest' | 'name';
export const sorts: readonly Sort[] = ['highest', 'lowest', 'name'];

export type PaneName = 'input' | 'reconstruction' | 'residual' | 'mask';
export const paneNames: readonly PaneName[] = ['input', 'reconstruction', 'residual', 'mask'];

export interface SsimView {
  readonly window: 'gaussian' | 'uniform';
  /** Standard deviation of the Gaussian window in pixels. */
  readonly sigma: number;
  /** Side of the window in pixels, odd. */
  readonly size: number;
}

/** Everything that decides what the residual browser shows; null stands for the evaluation's own value. */
export interface ViewState {
  readonly measure: Measure;
  readonly ssim: SsimView | null;
  readonly pixelThreshold: Readonly<Record<Measure, number | null>>;
  readonly imageThreshold: Readonly<Record<Measure, number | null>>;
  /** Upper end of the colour scale, per measure. */
  readonly scale: Readonly<Record<Measure, number | null>>;
  readonly colours: ColourMapName;
  /** Empty = all. */
  readonly labels: readonly string[];
  readonly outcomes: readonly Outcome[];
  readonly sort: Sort;
  /** Side of a grid cell in CSS pixels. */
  readonly cell: number;
  /** The opened image's reconstruction. */
  readonly opened: string | null;
  /** The grid's selected image. */
  readonly selected: string | null;
  /** null = the whole image fitted. */
  readonly camera: Camera | null;
  readonly showMask: boolean;
  readonly showTruth: boolean;
  /** The only pane shown (maximised, or the chosen one on a narrow screen). */
  readonly pane: PaneName | null;
}

export const CELL = { minimum: 72, maximum: 320, initial: 144 } as const;
export const SSIM_LIMITS = { sigma: { minimum: 0.1, maximum: 20 }, size: { minimum: 3, maximum: 63 } } as const;

export const initialView: ViewState = {
  measure: 'ssim',
  ssim: null,
  pixelThreshold: { ssim: null, mse: null },
  imageThreshold: { ssim: null, mse: null },
  scale: { ssim: null, mse: null },
  colours: 'inferno',
  labels: [],
  outcomes: [],
  sort: 'highest',
  cell: CELL.initial,
  opened: null,
  selected: null,
  camera: null,
  showMask: true,
  showTruth: true,
  pane: null,
};

const KEYS = [
  'measure',
  'window',
  'sigma',
  'size',
  'colours',
  'label',
  'outcome',
  'sort',
  'cell',
  'image',
  'at',
  'view',
  'mask',
  'truth',
  'pane',
];
for (const measure of measures) KEYS.push(`t.${measure}`, `it.${measure}`, `max.${measure}`);

const finite = (text: string | null): number | null => {
  const value = text === null || text.trim() === '' ? NaN : Number(text);
  return Number.isFinite(value) ? value : null;
};
const within = (value: number | null, { minimum, maximum }: { minimum: number; maximum: number }): number | null =>
  value === null ? null : Math.min(maximum, Math.max(minimum, value));
const oneOf = <T extends string>(text: string | null, names: readonly T[]): T | null => names.find((name) => name === text) ?? null;

function parseSsim(params: URLSearchParams): SsimView | null {
  const window = oneOf(params.get('window'), ['gaussian', 'uniform'] as const);
  const sigma = within(finite(params.get('sigma')), SSIM_LIMITS.sigma);
  const size = within(finite(params.get('size')), SSIM_LIMITS.size);
  if (window === null || size === null || (window === 'gaussian' && sigma === null)) return null;
  return { window, sigma: sigma ?? 1.5, size: Math.round((size - 1) / 2) * 2 + 1 };
}

function parseCamera(text: string | null): Camera | null {
  const numbers = (text ?? '').split(',').map(finite);
  const [x = null, y = null, zoom = null] = numbers;
  return numbers.length === 3 && x !== null && y !== null && zoom !== null && zoom > 0 ? { x, y, zoom } : null;
}

/** Reads the view from an address; what is missing or makes no sense there takes the initial value. */
export function parseView(params: URLSearchParams): ViewState {
  const perMeasure = (prefix: string, positive = false): Record<Measure, number | null> => {
    const read = (measure: Measure): number | null => {
      const value = finite(params.get(`${prefix}.${measure}`));
      return value !== null && positive && value <= 0 ? null : value;
    };
    return { ssim: read('ssim'), mse: read('mse') };
  };
  return {
    measure: oneOf(params.get('measure'), measures) ?? initialView.measure,
    ssim: parseSsim(params),
    pixelThreshold: perMeasure('t'),
    imageThreshold: perMeasure('it'),
    scale: perMeasure('max', true),
    colours: oneOf(params.get('colours'), colourMapNames) ?? initialView.colours,
    labels: [...new Set(params.getAll('label').filter((label) => label !== ''))],
    outcomes: outcomes.filter((outcome) => params.getAll('outcome').includes(outcome)),
    sort: oneOf(params.get('sort'), sorts) ?? initialView.sort,
    cell: within(finite(params.get('cell')), CELL) ?? initialView.cell,
    opened: params.get('image') || null,
    selected: params.get('at') || null,
    camera: parseCamera(params.get('view')),
    showMask: params.get('mask') !== '0',
    showTruth: params.get('truth') !== '0',
    pane: oneOf(params.get('pane'), paneNames),
  };
}

/** Short decimal text: six significant digits are finer than any slider or pixel. */
const short = (value: number): string => String(Number(value.toPrecision(6)));

/** Writes the view into an address: only what differs from the initial view; foreign parameters stay. */
export function writeView(view: ViewState, address: URLSearchParams): URLSearchParams {
  const params = new URLSearchParams(address);
  for (const key of KEYS) params.delete(key);
  if (view.measure !== initialView.measure) params.set('measure', view.measure);
  if (view.ssim) {
    params.set('window', view.ssim.window);
    if (view.ssim.window === 'gaussian') params.set('sigma', short(view.ssim.sigma));
    params.set('size', String(view.ssim.size));
  }
  for (const [prefix, values] of [
    ['t', view.pixelThreshold],
    ['it', view.imageThreshold],
    ['max', view.scale],
  ] as const)
    for (const measure of measures) {
      const value = values[measure];
      if (value !== null) params.set(`${prefix}.${measure}`, short(value));
    }
  if (view.colours !== initialView.colours) params.set('colours', view.colours);
  for (const label of view.labels) params.append('label', label);
  for (const outcome of view.outcomes) params.append('outcome', outcome);
  if (view.sort !== initialView.sort) params.set('sort', view.sort);
  if (view.cell !== initialView.cell) params.set('cell', String(Math.round(view.cell)));
  if (view.opened) params.set('image', view.opened);
  if (view.selected && view.selected !== view.opened) params.set('at', view.selected);
  if (view.camera) params.set('view', [view.camera.x, view.camera.y, view.camera.zoom].map(short).join(','));
  if (!view.showMask) params.set('mask', '0');
  if (!view.showTruth) params.set('truth', '0');
  if (view.pane) params.set('pane', view.pane);
  return params;
}
