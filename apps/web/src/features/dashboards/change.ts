interface Best {
  readonly variantId: string;
  readonly variantName: string;
  readonly mean: number;
}

export interface Change {
  readonly direction: 'up' | 'down' | 'same' | 'new';
  /** "▲ 0.021 in a week", with who led before where it was another. */
  readonly text: string;
}

/** What a week changed, at the decimals that are shown. */
export function changeSince(now: Best, weekAgo: Best | null, decimals: number): Change {
  if (!weekAgo) return { direction: 'new', text: 'new this week' };
  const by = Number(now.mean.toFixed(decimals)) - Number(weekAgo.mean.toFixed(decimals));
  const before = now.variantId === weekAgo.variantId ? '' : `, was ${weekAgo.variantName}`;
  if (Math.abs(by) < 10 ** -decimals / 2) return { direction: 'same', text: `unchanged in a week${before}` };
  return {
    direction: by > 0 ? 'up' : 'down',
    text: `${by > 0 ? '▲' : '▼'} ${Math.abs(by).toFixed(decimals)} in a week${before}`,
  };
}
