import { classifyMvtecPath, stemOf } from '@plumbline/ml/datasets';
import type { PrismaClient, Split, Verdict } from '@plumbline/prisma';
import type { Examined } from './examine.ts';

export interface FileVerdict {
  readonly path: string;
  readonly verdict: Verdict;
  readonly reason: string | null;
}

type ExaminedImage = Extract<Examined, { kind: 'image' | 'known' }>;
type ExaminedMask = Extract<Examined, { kind: 'mask' }>;

const placeKey = (split: Split, label: string, name: string): string => `${split}/${label}/${name}`;
const stemKey = (label: string, name: string): string => `${label}/${stemOf(name)}`;

/**
 * What a dataset holds while an import goes on: decides which files are new, which are duplicates by content, which names clash, and to which
 * image a mask belongs. Kept in memory (a few hundred bytes an image), so that a file costs no query.
 */
export class Ledger {
  readonly #nameBySha = new Map<string, string>();
  /** File name by place without extension: results are filed by it. */
  readonly #nameByPlace = new Map<string, string>();
  /** Size and mask of each image of the test split. */
  readonly #testByStem = new Map<string, { readonly width: number; readonly height: number; readonly maskSha256: string | null }>();
  #root: string | null = null;

  /** `recorded`: verdicts of the import's earlier attempts; any that took a file in tells the class folder. */
  static async read(prisma: PrismaClient, datasetId: string, recorded: readonly Pick<FileVerdict, 'path' | 'verdict'>[]): Promise<Ledger> {
    const ledger = new Ledger();
    const taken = recorded.find(({ verdict }) => verdict === 'accepted' || verdict === 'duplicate' || verdict === 'mask');
    // A recorded path is the one that was classified then, the archive's name before it included.
    if (taken) ledger.#root = classifyMvtecPath(taken.path)?.root ?? null;
    const images = await prisma.image.findMany({
      where: { datasetId, deletedAt: null },
      select: { sha256: true, split: true, label: true, name: true, width: true, height: true, maskSha256: true },
    });
    for (const image of images) ledger.#add(image);
    return ledger;
  }

  #add(image: {
    sha256: string;
    split: Split;
    label: string;
    name: string;
    width: number;
    height: number;
    maskSha256: string | null;
  }): void {
    const { sha256, split, label, name, width, height, maskSha256 } = image;
    this.#nameBySha.set(sha256, placeKey(split, label, name));
    this.#nameByPlace.set(placeKey(split, label, stemOf(name)), name);
    if (split === 'test') this.#testByStem.set(stemKey(label, name), { width, height, maskSha256 });
  }

  /** True where an image of this content is in the dataset: the file that brings it again is a duplicate. */
  knows(sha256: string): boolean {
    return this.#nameBySha.has(sha256);
  }

  /** Null when the file lies in the same class folder as the ones before it, or in none (`root` null). */
  refuseRoot(path: string, root: string | null): string | null {
    if (root === null) return null;
    this.#root ??= root;
    if (this.#root === root) return null;
    return `${path} belongs to another class than ${this.#root === '' ? 'the files before it' : `"${this.#root}"`}: import each class into a dataset of its own.`;
  }

  /** Decides about an image, and counts it in when it is accepted. */
  judge(image: ExaminedImage): FileVerdict {
    const { path, place, sha256 } = image;
    const key = placeKey(place.split, place.label, place.name);
    const same = this.#nameBySha.get(sha256);
    if (same !== undefined) return { path, verdict: 'duplicate', reason: `Same content as ${same}.` };
    if (image.kind === 'known') throw new Error(`${path} was taken for known, but no image has its content`);
    const other = this.#nameByPlace.get(placeKey(place.split, place.label, place.stem));
    if (other === place.name)
      return { path, verdict: 'refused', reason: `${key} exists with other content: rename the file, or delete the old image first.` };
    if (other !== undefined)
      return {
        path,
        verdict: 'refused',
        reason: `${key} differs from ${other} in its extension alone: rename it, since results are filed by name without extension.`,
      };
    const { width, height } = image.facts;
    this.#add({ sha256, split: place.split, label: place.label, name: place.name, width, height, maskSha256: null });
    return { path, verdict: 'accepted', reason: null };
  }

  /** Decides about a mask once all images are known, and counts it in when it is taken. */
  judgeMask(mask: ExaminedMask): FileVerdict {
    const { path, place, sha256, width, height } = mask;
    const key = `${place.label}/${place.stem}`;
    const image = this.#testByStem.get(key);
    if (!image)
      return {
        path,
        verdict: 'refused',
        reason: `No image test/${key}.* belongs to this mask: add the image, or rename the mask.`,
      };
    if (image.width !== width || image.height !== height)
      return {
        path,
        verdict: 'refused',
        reason: `The mask is ${width} × ${height} px, its image ${image.width} × ${image.height}: save the mask at the image's size.`,
      };
    if (image.maskSha256 === sha256) return { path, verdict: 'duplicate', reason: `The image test/${key}.* has this mask already.` };
    this.#testByStem.set(key, { ...image, maskSha256: sha256 });
    return { path, verdict: 'mask', reason: null };
  }
}
