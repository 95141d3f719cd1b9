const grouped = new Intl.NumberFormat('en-US');

/** "10,240". */
export function count(value: number): string {
  return grouped.format(value);
}

/** "1 image", "2 images". */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** Same decimals down a column; unknown is "–". */
export function fixed(value: number | null | undefined, decimals: number): string {
  return value === null || value === undefined || !Number.isFinite(value) ? '–' : value.toFixed(decimals);
}

/** "1.4 MB": decimal units, one decimal from kB on. */
export function bytes(value: number): string {
  if (value < 1000) return `${value} B`;
  const names = ['kB', 'MB', 'GB', 'TB'];
  let size = value / 1000;
  let index = 0;
  while (size >= 999.95 && index < names.length - 1) {
    size /= 1000;
    index += 1;
  }
  return `${size.toFixed(1)} ${names[index]}`;
}

/** "1.31 M", for parameter counts. */
export function compact(value: number): string {
  if (value < 1000) return String(value);
  if (value < 999_500) return `${(value / 1000).toFixed(value < 10_000 ? 2 : 1)} k`;
  return `${(value / 1e6).toFixed(2)} M`;
}

/** "37 %", never 100 % before the end. */
export function percent(share: number): string {
  return `${share >= 1 ? 100 : Math.min(99, Math.floor(share * 100))} %`;
}
