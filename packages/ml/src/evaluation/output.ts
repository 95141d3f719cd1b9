import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { DatasetImage } from '../datasets/index.ts';
import { evaluatedFileNames, MAP_FOLDERS, renderOrientations, renderScores } from '../experiment/index.ts';
import { encodePng8, writeFloat32Tiff } from '../images/index.ts';
import { measures } from '../residuals/index.ts';
import { RunError, writeAtomic } from '../run/index.ts';
import type { Examined } from '../reconstruction/index.ts';
import type { EvaluatedImage, EvaluationMetrics, EvaluationResult } from './result.ts';

const OWN = ['metrics.json', 'scores.csv', 'orientations.csv', 'curves.json', 'inputs', 'reconstructions', ...Object.values(MAP_FOLDERS)];

/** The folder an evaluation writes; metrics.json comes last, so that a folder with it is a whole evaluation. */
export class EvaluationFolder {
  readonly #out: string;

  private constructor(out: string) {
    this.#out = out;
  }

  /** Empties the folder of an earlier evaluation. @throws RunError where it holds anything else, which is not ours to delete */
  static async open(out: string): Promise<EvaluationFolder> {
    await mkdir(out, { recursive: true });
    const foreign = (await readdir(out)).find((name) => !OWN.includes(name));
    if (foreign) throw new RunError(`${out} already holds ${foreign}, which is no part of an evaluation; give another --out.`);
    await rm(join(out, 'metrics.json'), { force: true });
    for (const name of OWN) await rm(join(out, name), { recursive: true, force: true });
    return new EvaluationFolder(out);
  }

  path(file: string): string {
    return join(this.#out, file);
  }

  /** Writes an image's files; gives their names relative to the folder. */
  async writeImage(image: DatasetImage, className: string, split: string, examined: Examined): Promise<EvaluatedImage['files']> {
    const files = evaluatedFileNames(image.id, image.label, className, split);
    for (const file of [files.input, files.reconstruction, ...Object.values(files.maps)])
      await mkdir(dirname(this.path(file)), { recursive: true });
    await Promise.all([
      encodePng8(examined.input).then((png) => writeFile(this.path(files.input), png)),
      encodePng8(examined.reconstruction).then((png) => writeFile(this.path(files.reconstruction), png)),
      ...measures.map((measure) => writeFloat32Tiff(this.path(files.maps[measure]), examined.maps[measure])),
    ]);
    return files;
  }

  async writeScores(images: readonly EvaluatedImage[]): Promise<void> {
    await writeAtomic(this.path('scores.csv'), renderScores(images));
  }

  /** α of every patch, degrees in [0, 360); no file where the regime turns none. */
  async writeOrientations(images: readonly EvaluatedImage[]): Promise<void> {
    const text = renderOrientations(images);
    if (text !== null) await writeAtomic(this.path('orientations.csv'), text);
  }

  async finish(result: EvaluationResult): Promise<void> {
    const { curves, histogram } = result;
    await writeAtomic(this.path('curves.json'), JSON.stringify({ curves, histogram }));
    await writeAtomic(this.path('metrics.json'), `${JSON.stringify(result.metrics satisfies EvaluationMetrics, null, 2)}\n`);
  }
}
