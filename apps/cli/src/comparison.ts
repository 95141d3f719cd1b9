import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  parseEvaluation,
  parseScores,
  renderDifferencesCsv,
  renderLatex,
  renderMarkdown,
  renderPlacesCsv,
  renderTablesCsv,
  type ComparedEvaluation,
  type Comparison,
} from '@plumbline/ml/experiment';
import { UsageError } from './failure.ts';
import { folder } from './options.ts';

/** What a finished evaluation's folder holds; its image scores where they are at hand. */
export function readEvaluation(path: string): ComparedEvaluation {
  const directory = folder('EVAL', path);
  const file = join(directory, 'metrics.json');
  if (!existsSync(file)) {
    const run = existsSync(join(directory, 'manifest.json'));
    throw new UsageError(
      run
        ? `${path} holds a run, not an evaluation; evaluate it with plumbline evaluate --run ${path} and give that folder.`
        : `${path} holds no finished evaluation (it has no metrics.json); give folders that plumbline evaluate wrote to the end.`,
    );
  }
  const scores = join(directory, 'scores.csv');
  return {
    name: path,
    metrics: parseEvaluation(parseJson(file, `${path}/metrics.json`), `${path}/metrics.json`),
    scores: existsSync(scores) ? parseScores(readFileSync(scores, 'utf8'), `${path}/scores.csv`) : null,
  };
}

function parseJson(file: string, name: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UsageError(`${name} is not JSON (${error.message}); make the evaluation again with plumbline evaluate.`);
  }
}

/** tables.md, .tex and .csv, places and differences, and statistics.json, in a folder that is made where it is missing. */
export async function writeTables(comparison: Comparison, out: string): Promise<void> {
  await mkdir(out, { recursive: true });
  const files = {
    'tables.md': renderMarkdown(comparison),
    'tables.tex': renderLatex(comparison),
    'tables.csv': renderTablesCsv(comparison),
    'places.csv': renderPlacesCsv(comparison),
    'differences.csv': renderDifferencesCsv(comparison),
    'statistics.json': `${JSON.stringify(comparison, null, 2)}\n`,
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(out, name), text);
}
