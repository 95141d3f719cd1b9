/** One pane as it stands on the screen. Lengths are CSS pixels from the upper left pane on. */
export interface SeenPane {
  readonly caption: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** A PNG as data URL. */
  readonly picture: string;
  readonly legend: SeenLegend | null;
}

/** A pane's colour scale, in the words that it has on the screen. */
export interface SeenLegend {
  readonly colours: string;
  readonly minimum: string;
  readonly maximum: string;
  readonly threshold: string | null;
}

const legendOf = (pane: Element | null): SeenLegend | null => {
  const data = pane?.querySelector<HTMLElement>('[data-colours]')?.dataset;
  if (!data?.['colours']) return null;
  return {
    colours: data['colours'],
    minimum: data['minimum'] ?? '',
    maximum: data['maximum'] ?? '',
    threshold: data['threshold'] ?? null,
  };
};

/** The panes that are drawn inside an element, also those scrolled out of sight. */
export function seenPanes(host: Element): SeenPane[] {
  const found = [...host.querySelectorAll<HTMLCanvasElement>('canvas[role="img"]')].flatMap((canvas) => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    if (width === 0 || height === 0 || canvas.width === 0) return [];
    const caption = (canvas.getAttribute('aria-label') ?? '').replace(' of the image', '');
    return [{ caption, left, top, width, height, picture: canvas.toDataURL('image/png'), legend: legendOf(canvas.closest('section')) }];
  });
  const from = (edge: 'left' | 'top'): number => found.reduce((least, pane) => Math.min(least, pane[edge]), Infinity);
  const [left, top] = [from('left'), from('top')];
  return found.map((pane) => ({ ...pane, left: pane.left - left, top: pane.top - top }));
}
