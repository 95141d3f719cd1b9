import { colourMapNames } from '../colour/colour-map.ts';
import type { Camera } from '../camera/camera.ts';
import { outcomes } from '../pixels/confusion.ts';
import { parseRanges, rangesText, sixDigits } from './score-range.ts';
import {
  CELL,
  commentedChoices,
  compares,
  initialView,
  measures,
  MOST_EVALUATIONS,
  rowNames,
  scaleNames,
  sorts,
  splits,
  SSIM_LIMITS,
  type ByEvaluation,
  type Measure,
  type RowName,
  type ScaleName,
  type SsimView,
  type ViewState,
} from './view-state.ts';

/** The view of the residual browser as the query of an address, and back. Places count from 1 there, as the keys do. */

/** Where the ranges of image scores stand. */
const rangeKey = (measure: Measure): string => `score.${measure}`;

const KEYS = [
  ...['evaluations', 'lead', 'hide', 'pair', 'compare', 'rows', 'measure', 'window', 'sigma', 'size', 'colours', 'label', 'outcome'],
  ...[
    'outcomes',
    'split',
    'comments',
    'shared',
    'sort',
    'cell',
    'image',
    'at',
    'view',
    'mask',
    'truth',
    'pane',
    'scales',
    'frames',
    'patch',
  ],
  ...measures.flatMap((measure) => [`t.${measure}`, `it.${measure}`, rangeKey(measure)]),
  ...scaleNames.map((name) => `max.${name}`),
];

const finite = (text: string | null | undefined): number | null => {
  const value = text === null || text === undefined || text.trim() === '' ? NaN : Number(text);
  return Number.isFinite(value) ? value : null;
};
const within = (value: number | null, { minimum, maximum }: { minimum: number; maximum: number }): number | null =>
  value === null ? null : Math.min(maximum, Math.max(minimum, value));
const oneOf = <T extends string>(text: string | null, names: readonly T[]): T | null => names.find((name) => name === text) ?? null;
const listed = (text: string | null): string[] => (text ?? '').split(',').filter((part) => part !== '');

/** A place from 0, written from 1; null for what is none. */
const place = (text: string | undefined): number | null => {
  const value = finite(text);
  return value !== null && Number.isInteger(value) && value >= 1 && value <= MOST_EVALUATIONS ? value - 1 : null;
};
const places = (text: string | null): number[] => [...new Set(listed(text).flatMap((part) => place(part) ?? []))].sort((a, b) => a - b);

function parsePair(text: string | null): readonly [number, number] {
  const [a = null, b = null] = listed(text).map(place);
  return a !== null && b !== null && a !== b ? [a, b] : initialView.pair;
}

function parseRows(text: string | null): readonly RowName[] {
  const rows = [...new Set(listed(text).flatMap((part) => oneOf(part, rowNames) ?? []))];
  return rows.length > 0 ? rows : initialView.rows;
}

function parsePatch(text: string | null): number | null {
  const value = finite(text);
  return value !== null && Number.isInteger(value) && value >= 1 ? value - 1 : null;
}

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

function parseValues(text: string | null): ByEvaluation {
  const values = (text ?? '').split(',').slice(0, MOST_EVALUATIONS).map(finite);
  while (values.length > 0 && values.at(-1) === null) values.pop();
  return values;
}

/** Reads the view from an address; what is missing or makes no sense there takes the initial value. */
export function parseView(params: URLSearchParams): ViewState {
  const perMeasure = (prefix: string): Record<Measure, ByEvaluation> => ({
    ssim: parseValues(params.get(`${prefix}.ssim`)),
    mse: parseValues(params.get(`${prefix}.mse`)),
  });
  const scaleOf = (name: ScaleName): number | null => {
    const value = finite(params.get(`max.${name}`));
    return value !== null && value > 0 ? value : null;
  };
  return {
    evaluations: [...new Set(listed(params.get('evaluations')))],
    lead: place(params.get('lead') ?? undefined) ?? initialView.lead,
    hidden: places(params.get('hide')),
    pair: parsePair(params.get('pair')),
    compare: oneOf(params.get('compare'), compares),
    rows: parseRows(params.get('rows')),
    measure: oneOf(params.get('measure'), measures) ?? initialView.measure,
    ssim: parseSsim(params),
    pixelThreshold: perMeasure('t'),
    imageThreshold: perMeasure('it'),
    scale: { ssim: scaleOf('ssim'), mse: scaleOf('mse'), expected: scaleOf('expected') },
    colours: oneOf(params.get('colours'), colourMapNames) ?? initialView.colours,
    labels: [...new Set(params.getAll('label').filter((label) => label !== ''))],
    outcomes: outcomes.filter((outcome) => params.getAll('outcome').includes(outcome)),
    anyOutcome: params.get('outcomes') === 'any',
    splits: splits.filter((split) => params.getAll('split').includes(split)),
    scoreRanges: {
      ssim: parseRanges(params.get(rangeKey('ssim')), MOST_EVALUATIONS),
      mse: parseRanges(params.get(rangeKey('mse')), MOST_EVALUATIONS),
    },
    commented: oneOf(params.get('comments'), commentedChoices),
    shared: params.get('shared') === '1',
    sort: oneOf(params.get('sort'), sorts) ?? initialView.sort,
    cell: within(finite(params.get('cell')), CELL) ?? initialView.cell,
    opened: params.get('image') || null,
    selected: params.get('at') || null,
    camera: parseCamera(params.get('view')),
    showMask: params.get('mask') !== '0',
    showTruth: params.get('truth') !== '0',
    pane: oneOf(params.get('pane'), rowNames),
    ownScale: params.get('scales') === 'own',
    showFrames: params.get('frames') === '1',
    patch: parsePatch(params.get('patch')),
  };
}

/** Short decimal text: six significant digits are finer than any slider or pixel. */
const short = (value: number): string => String(sixDigits(value));
const fromOne = (values: readonly number[]): string => values.map((value) => value + 1).join(',');

/** Writes the view into an address: only what differs from the initial view; foreign parameters stay. */
export function writeView(view: ViewState, address: URLSearchParams): URLSearchParams {
  const params = new URLSearchParams(address);
  for (const key of KEYS) params.delete(key);
  if (view.evaluations.length > 0) params.set('evaluations', view.evaluations.join(','));
  if (view.lead !== initialView.lead) params.set('lead', String(view.lead + 1));
  if (view.hidden.length > 0) params.set('hide', fromOne(view.hidden));
  if (fromOne(view.pair) !== fromOne(initialView.pair)) params.set('pair', fromOne(view.pair));
  if (view.compare) params.set('compare', view.compare);
  if (view.rows.join() !== initialView.rows.join()) params.set('rows', view.rows.join(','));
  if (view.measure !== initialView.measure) params.set('measure', view.measure);
  if (view.ssim) {
    params.set('window', view.ssim.window);
    if (view.ssim.window === 'gaussian') params.set('sigma', short(view.ssim.sigma));
    params.set('size', String(view.ssim.size));
  }
  for (const measure of measures) {
    for (const [prefix, values] of [
      ['t', view.pixelThreshold[measure]],
      ['it', view.imageThreshold[measure]],
    ] as const)
      if (values.some((value) => value !== null))
        params.set(`${prefix}.${measure}`, values.map((value) => (value === null ? '' : short(value))).join(','));
    if (view.scoreRanges[measure].some((range) => range !== null)) params.set(rangeKey(measure), rangesText(view.scoreRanges[measure]));
  }
  for (const name of scaleNames) {
    const scale = view.scale[name];
    if (scale !== null) params.set(`max.${name}`, short(scale));
  }
  if (view.colours !== initialView.colours) params.set('colours', view.colours);
  for (const label of view.labels) params.append('label', label);
  for (const outcome of view.outcomes) params.append('outcome', outcome);
  if (view.anyOutcome) params.set('outcomes', 'any');
  for (const split of view.splits) params.append('split', split);
  if (view.commented) params.set('comments', view.commented);
  if (view.shared) params.set('shared', '1');
  if (view.sort !== initialView.sort) params.set('sort', view.sort);
  if (view.cell !== initialView.cell) params.set('cell', String(Math.round(view.cell)));
  if (view.opened) params.set('image', view.opened);
  if (view.selected && view.selected !== view.opened) params.set('at', view.selected);
  if (view.camera) params.set('view', [view.camera.x, view.camera.y, view.camera.zoom].map(short).join(','));
  if (!view.showMask) params.set('mask', '0');
  if (!view.showTruth) params.set('truth', '0');
  if (view.pane) params.set('pane', view.pane);
  if (view.ownScale) params.set('scales', 'own');
  if (view.showFrames) params.set('frames', '1');
  if (view.patch !== null) params.set('patch', String(view.patch + 1));
  return params;
}
