import { classifyMvtecPath, stemOf } from '@plumbline/ml/datasets';
import type { PrismaClient, Split, Verdict } from '@plumbline/prisma';
import type { Examined } from './examine.ts';

export interface FileVerdict {
  readonly path: string;
  readonly verdict: Verdict;
  readonly reason: string | null;
}

type ExaminedImage = Extract<Examined, { kind: 'image' }>;
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
  readonly #sizeByStem = new Map<string, { width: number; height: number }>();
  #root: string | null = null;

  /** `recorded`: verdicts of the import's earlier attempts; any that took a file in tells the class folder. */
  static async read(prisma: PrismaClient, datasetId: string, recorded: readonly Pick<FileVerdict, 'path' | 'verdict'>[]): Promise<Ledger> {
    const ledger = new Ledger();
    const taken = recorded.find(({ verdict }) => verdict === 'accepted' || verdict === 'duplicate' || verdict === 'mask');
    // A recorded path is the one that was classified then, the archive's name before it included.
    if (taken) ledger.#root = classifyMvtecPath(taken.path)?.root ?? null;
    const images = await prisma.image.findMany({
      where: { datasetId, deletedAt: null },
      select: { sha256: true, split: true, label: true, name: true, width: true, height: true },
    });
    for (const image of images) ledger.#add(image);
    return ledger;
  }

  #add(image: { sha256: string; split: Split; label: string; name: string; width: number; height: number }): void {
    this.#nameBySha.set(image.sha256, placeKey(image.split, image.label, image.name));
    this.#nameByPlace.set(placeKey(image.split, image.label, stemOf(image.name)), image.name);
    if (image.split === 'test') this.#sizeByStem.set(stemKey(image.label, image.name), { width: image.width, height: image.height });
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
    const { path, place, sha256, facts } = image;
    const key = placeKey(place.split, place.label, place.name);
    const same = this.#nameBySha.get(sha256);
    if (same !== undefined) return { path, verdict: 'duplicate', reason: `Same content as ${same}.` };
    const other = this.#nameByPlace.get(placeKey(place.split, place.label, place.stem));
    if (other === place.name)
      return { path, verdict: 'refused', reason: `${key} exists with other content: rename the file, or delete the old image first.` };
    if (other !== undefined)
      return {
        path,
        verdict: 'refused',
        reason: `${key} differs from ${other} in its extension alone: rename it, since results are filed by name without extension.`,
      };
    this.#add({ sha256, split: place.split, label: place.label, name: place.name, width: facts.width, height: facts.height });
    return { path, verdict: 'accepted', reason: null };
  }

  /** Decides about a mask once all images are known. */
  judgeMask(mask: ExaminedMask): FileVerdict {
    const { path, place, width, height } = mask;
    const size = this.#sizeByStem.get(`${place.label}/${place.stem}`);
    if (!size)
      return {
        path,
        verdict: 'refused',
        reason: `No image test/${place.label}/${place.stem}.* belongs to this mask: add the image, or rename the mask.`,
      };
    if (size.width !== width || size.height !== height)
      return {
        path,
        verdict: 'refused',
        reason: `The mask is ${width} × ${height} px, its image ${size.width} × ${size.height}: save the mask at the image's size.`,
      };
    return { path, verdict: 'mask', reason: null };
  }
}
