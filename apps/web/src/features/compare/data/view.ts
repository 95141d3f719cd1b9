'use client';

import { IOU_LABELS, type IouKind } from '@plumbline/ml/experiment';
import { z } from 'zod';
import { useQueryState, type QueryChange } from '#web/lib/query-state.ts';

export const tabs = ['tables', 'curves', 'roc', 'scores', 'ranks', 'orientation', 'sampler'] as const;
export type TabName = (typeof tabs)[number];

/** Names in the address that say how a comparison is looked at, with what stands for nothing said. */
const defaults = {
  tab: 'tables',
  iou: 'iouBestOracle',
  reference: '',
  class: '',
  measure: 'ssim',
  /** Loss of which series, and on which axis. */
  series: 'validation',
  axis: 'linear',
  /** Curves over pixels or over images. */
  level: 'pixel',
  /** Evaluations on the two axes of the scatter. */
  a: '',
  b: '',
  /** Scores that are marked in the scatter: from and to of A, then of B. A word for none: an empty name would leave what was saved. */
  marked: 'none',
  image: '',
  angle: '45',
} as const;
export type ViewName = keyof typeof defaults;
export type SavedView = Readonly<Record<string, string>>;

export interface CompareView {
  readonly get: (name: ViewName) => string;
  readonly set: (change: Partial<Record<ViewName, string>>) => void;
  readonly tab: TabName;
  readonly iou: IouKind;
  readonly reference: string | null;
  readonly measure: 'ssim' | 'mse';
  /** What is looked at now, as it is saved: only what departs from the usual. */
  readonly current: SavedView;
  /** Whether that is something else than what was saved. */
  readonly changed: boolean;
}

/** A saved view as it may be read: texts only. */
export const savedView = (json: unknown): SavedView => z.record(z.string(), z.string()).catch({}).parse(json);

/** The view is the saved one with what the address says otherwise. */
export function useCompareView(saved: SavedView): CompareView {
  const query = useQueryState();
  const get = (name: ViewName): string => query.get(name) ?? saved[name] ?? defaults[name];
  const set = (change: Partial<Record<ViewName, string>>): void => {
    const written: QueryChange = Object.fromEntries(
      Object.entries(change).map(([name, value]) => [name, value === (saved[name] ?? defaults[name as ViewName]) ? null : value]),
    );
    query.set(written);
  };
  const names = Object.keys(defaults) as ViewName[];
  const current = Object.fromEntries(names.filter((name) => get(name) !== defaults[name]).map((name) => [name, get(name)]));
  const tab = get('tab');
  const iou = get('iou');
  return {
    get,
    set,
    tab: tabs.find((one) => one === tab) ?? 'tables',
    iou: iou in IOU_LABELS ? (iou as IouKind) : 'iouBestOracle',
    reference: get('reference') || null,
    measure: get('measure') === 'mse' ? 'mse' : 'ssim',
    current,
    changed: names.some((name) => get(name) !== (saved[name] ?? defaults[name])),
  };
}
