import type { Split } from './dataset.ts';

export interface MvtecPath {
  /** `image`, or the `mask` of a test image. */
  readonly kind: 'image' | 'mask';
  readonly split: Split;
  readonly label: string;
  /** File name without folders. */
  readonly name: string;
  /** What image and mask have in common: the name without extension, and without `_mask` for a mask. */
  readonly stem: string;
  /** Folders above the layout, e.g. `brick` of `brick/train/good/1.png`; empty at the top. */
  readonly root: string;
}

/** Files that folders and archives carry along and that nobody means to import, whatever they contain. The one home of this rule. */
export function isBystander(path: string): boolean {
  const parts = path.split(/[\\/]+/).filter((part) => part !== '' && part !== '.' && part !== '..');
  const name = parts.at(-1) ?? '';
  return (
    parts.some((part) => part.startsWith('.') || part === '__MACOSX') ||
    /^(thumbs\.db|desktop\.ini)$/i.test(name) ||
    /\.(txt|md|json|csv|xml|ya?ml|html?|pdf)$/i.test(name)
  );
}

/** A file name without its extension. */
export function stemOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(0, dot) : name;
}

/**
 * What a file is by its place in MVTec AD's layout: `train/good/*`, `test/<label>/*`, `ground_truth/<label>/<stem>_mask.*`, and this
 * product's extension `validation/good/*`; folders above are allowed. Null for anything else. Pure: also used for uploads.
 * @param relativePath with `/` or `\` between its parts
 */
export function classifyMvtecPath(relativePath: string): MvtecPath | null {
  const parts = relativePath.split(/[\\/]+/).filter((part) => part !== '' && part !== '.');
  if (parts.length < 3 || parts.includes('..')) return null;
  const [section, label, name] = parts.slice(-3) as [string, string, string];
  if (isBystander(parts.slice(-3).join('/')) || parts.includes('__MACOSX')) return null;
  const root = parts.slice(0, -3).join('/');
  if (section === 'ground_truth' && label !== 'good')
    return { kind: 'mask', split: 'test', label, name, stem: stemOf(name).replace(/_mask$/, ''), root };
  if (section === 'test' || ((section === 'train' || section === 'validation') && label === 'good'))
    return { kind: 'image', split: section, label, name, stem: stemOf(name), root };
  return null;
}
