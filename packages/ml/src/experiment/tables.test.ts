import { describe, expect, it } from 'vitest';
import { referenceAbsent, ReferenceCase } from '../reference/index.ts';
import { evaluation } from './fixture.ts';
import { intervalText, ordinal, probability, ranges, signed } from './format.ts';
import {
  compareEvaluations,
  PAPER,
  paperClassOf,
  recountedPlaces,
  renderDifferencesCsv,
  renderLatex,
  renderMarkdown,
  renderPlacesCsv,
  renderTablesCsv,
  renderText,
  sheetsOf,
} from './index.ts';

const REGIMES = ['ae', 'stn-frozen', 'stn-random', 'stn-finetuned'];
const comparison = compareEvaluations(
  ['texture_1', 'odd|class & 50% _x_'].flatMap((name) =>
    REGIMES.flatMap((recipe, r) =>
      [1, 2, 3].map((seed) => evaluation({ class: name, recipe, seed, level: 0.01 * (r % 2) + 0.002 * seed })),
    ),
  ),
);

describe('the paper’s numbers', () => {
  const reference = referenceAbsent
    ? null
    : new ReferenceCase<
        { paperTables: Record<string, number[][]> },
        { paperTables: Record<string, { places: number[][]; printed: number[][] }> }
      >('statistics');

  it.skipIf(referenceAbsent)(`are the reference’s, and so is their recount${referenceAbsent}`, () => {
    for (const paper of PAPER) {
      const detection = Object.entries(paper.values).filter(([metric]) => !metric.startsWith('reconstruction'));
      expect(detection.map(([, values]) => values)).toEqual(reference!.inputs.paperTables[paper.name]);
      expect(paper.printedPlaces).toEqual(reference!.expected.paperTables[paper.name]!.printed);
      expect(recountedPlaces(paper)).toEqual(reference!.expected.paperTables[paper.name]!.places);
    }
  });

  it('the printed Table 9 follows from the printed tables for Texture 2 and Screw, and not for Texture 1', () => {
    const agree = PAPER.map((paper) => JSON.stringify(recountedPlaces(paper)) === JSON.stringify(paper.printedPlaces));
    expect(agree).toEqual([false, true, true]);
  });

  it('classes are found however they are written', () => {
    expect(['texture_1', 'texture1', 'Texture 1', 'SCREW', 'screw_2'].map((name) => paperClassOf(name)?.name ?? null)).toEqual([
      ...['Texture 1', 'Texture 1', 'Texture 1'],
      ...['Screw', null],
    ]);
  });
});

describe('sheets', () => {
  const sheets = sheetsOf(comparison);

  it('are the paper’s tables in its order, then what goes beyond; every row as long as its head', () => {
    expect(sheets.map(({ title }) => title.split('.')[0])).toEqual([
      ...['Table 3', 'Tables 3–5', 'Table 6', 'Tables 6–8', 'Table 9', 'Table 9 of the paper, as printed, beside its recount'],
      ...['Beyond the paper: texture_1', 'Beyond the paper: odd|class & 50% _x_', 'Paired differences to ae, seed by seed'],
      'Average ranks over metrics × classes',
    ]);
    for (const { head, rows } of sheets) for (const cells of rows) expect(cells).toHaveLength(head.length);
  });

  it('the paper’s values stand under ours where the class is theirs, and nowhere else', () => {
    expect(sheets[0]!.rows[1]!.map(({ text }) => text)).toEqual(['MSE (paper)', '82.4781', '77.1195', '83.0611', '74.8105']);
    expect(sheets[1]!.rows).toHaveLength(2);
  });

  it('the paper’s values stand under the first column of a regime’s own recipe, not under others of that regime', () => {
    const named = (recipe: string, regime: string, seed = 1) => evaluation({ class: 'screw', recipe, seed, level: 0 }, { regime });
    const got = compareEvaluations([
      ...[named('mine', 'ae'), named('paper/ae', 'ae'), named('ae', 'ae'), named('stn-frozen', 'ae'), named('x', 'stn-random')],
    ]);
    const [sheet] = sheetsOf(got);
    expect(sheet!.head).toEqual(['screw', 'mine', 'paper/ae', 'ae', 'stn-frozen', 'x']);
    expect(sheet!.rows[1]!.map(({ text }) => text)).toEqual(['MSE (paper)', '–', '36.2071', '–', '–', '–']);
    expect(renderPlacesCsv(got).split('\n').slice(1, 4)).toEqual(['screw,1,mine,6,,', 'screw,1,paper/ae,6,0,0', 'screw,1,ae,6,,']);
    expect(sheetsOf(compareEvaluations([named('mine', 'ae')]))[0]!.rows).toHaveLength(2);
  });

  it('a difference that prints as zero is not bold', () => {
    const pair = (apart: number) =>
      compareEvaluations(
        ['ae', 'x'].flatMap((recipe, r) => [1, 2].map((seed) => evaluation({ recipe, seed, level: 0.01 * seed + apart * r }))),
      );
    const roc = (apart: number) =>
      sheetsOf(pair(apart))
        .find(({ kind }) => kind === 'differences')!
        .rows.find(([, metric]) => metric!.text === 'SSIM ROC')![3];
    expect(roc(0.00004)).toEqual({ text: '0.0000', bold: false });
    expect(roc(0.00006)).toEqual({ text: '+0.0001', bold: true });
    expect(roc(-0.01)).toEqual({ text: '-0.0100', bold: false });
  });

  it('bold is the best, = a tie', () => {
    expect(sheets[2]!.rows[0]).toEqual([
      { text: 'SSIM ROC ↑' },
      { text: '0.6040 ± 0.0020 =', bold: false },
      { text: '0.6140 ± 0.0020 =', bold: true },
      { text: '0.6040 ± 0.0020 =', bold: false },
      { text: '0.6140 ± 0.0020 =', bold: true },
    ]);
  });

  it('the recount stands beside what the paper printed where they differ', () => {
    expect(sheets[5]!.rows[0]!.map(({ text }) => text)).toEqual(['Texture 1', '1st', '1', '4', '0 (recount 1)', '2']);
  });

  it('prevalence stands beside every PRC, the kind of IoU beside every IoU', () => {
    const labels = (at: number) => sheets[at]!.rows.map(([first]) => first!.text);
    expect(labels(3)).toEqual([
      ...['SSIM ROC ↑', 'SSIM PRC (prevalence 0.0125) ↑', 'SSIM IoU (oracle) ↑'],
      ...['MSE ROC ↑', 'MSE PRC (prevalence 0.0125) ↑', 'MSE IoU (oracle) ↑'],
    ]);
    expect(labels(6)).toContain('SSIM image PRC (prevalence 0.6000) ↑');
    expect(labels(2)).toContain('SSIM IoU (paper)');
  });

  it('prevalence, the kind of IoU and the seeds stand below detection', () => {
    expect(sheets[2]!.notes).toEqual([
      '(paper): as printed for Texture 1 of MVTec AD, by the name texture_1; they say something only where these are its images.',
      'Prevalence of defective pixels 0.0125: the PRC of a random map.',
      'IoU: best over thresholds, oracle.',
      'Seeds: 3 (1–3).',
    ]);
  });

  it('prevalence is each measure’s own: SSIM counts fewer pixels of a patch than MSE', () => {
    const { measures } = evaluation({ recipe: 'ae', seed: 1, level: 0 }).metrics;
    const patches = { ...measures, mse: { pixel: { ...measures.mse.pixel, prevalence: 0.03 } } };
    const got = sheetsOf(compareEvaluations([evaluation({ recipe: 'ae', seed: 1, level: 0 }, { geometry: 'patch', patches })]));
    const detection = got.find(({ kind }) => kind === 'detection')!;
    const labels = detection.rows.map(([first]) => first!.text);
    expect([labels[1], labels[4]]).toEqual(['SSIM PRC (prevalence 0.0125) ↑', 'MSE PRC (prevalence 0.0300) ↑']);
    expect(detection.notes[0]).toBe('Prevalence of defective pixels 0.0125 by SSIM, 0.0300 by MSE: the PRC of a random map.');
  });

  it('five seeds and the p-value they cannot go below are named', () => {
    const five = compareEvaluations(
      ['ae', 'x'].flatMap((recipe, r) => [1, 2, 3, 4, 5].map((seed) => evaluation({ recipe, seed, level: r * seed }))),
    );
    const differences = sheetsOf(five).find(({ kind }) => kind === 'differences')!;
    expect(differences.notes.at(-1)).toContain('5 seeds cannot go below 0.0625');
  });

  it('one variant makes no differences and no ranks', () => {
    const alone = compareEvaluations([evaluation({ recipe: 'ae', seed: 1, level: 0 })]);
    expect(sheetsOf(alone).map(({ kind }) => kind)).toEqual(['reconstruction', 'detection', 'places', 'further']);
  });
});

describe('renderers', () => {
  it('Markdown: every row has the cells of its head; names cannot break a table', () => {
    const text = renderMarkdown(comparison);
    const tables = text.split('\n\n').filter((block) => block.startsWith('|'));
    expect(tables).toHaveLength(sheetsOf(comparison).length);
    for (const table of tables) {
      const bars = table.split('\n').map((line) => line.match(/(?<!\\)\|/g)!.length);
      expect(new Set(bars).size).toBe(1);
    }
    expect(text).toContain('odd\\|class & 50% \\_x\\_');
    expect(text).toContain('| **0.6140 ± 0.0020 =** |');
  });

  it('LaTeX: braces and environments close, specials are escaped, every line of a tabular has its columns, only signs that can be set', () => {
    const text = renderLatex(comparison);
    expect(text).toContain('odd\\textbar{}class \\& 50\\% \\_x\\_');
    expect(text.match(/\\begin\{tabular\}/g)!.length).toBe(text.match(/\\end\{tabular\}/g)!.length);
    const bare = text.replaceAll(/\\[{}]/g, '');
    expect(bare.match(/\{/g)!.length).toBe(bare.match(/\}/g)!.length);
    for (const [, columns, body] of text.matchAll(/\\begin\{tabular\}\{l(r+)\}\n([^]*?)\\end\{tabular\}/g)) {
      const lines = body!.split('\n').filter((line) => line.endsWith('\\\\'));
      expect(lines.length).toBeLessThanOrEqual(37);
      for (const line of lines) expect(line.match(/(?<!\\)&/g)).toHaveLength(columns!.length);
    }
    expect(text).not.toMatch(/[^\n\u0020-\u007e\u00c0-\u017e]/);
  });

  it('CSV: full precision beside what is printed, one line a class, metric and variant', () => {
    const lines = renderTablesCsv(comparison).trim().split('\n');
    expect(lines).toHaveLength(1 + 2 * 14 * 4);
    expect(lines[2]).toMatch(/^3,texture_1,reconstruction\.mse,MSE,lower,stn-frozen,3,.*,98\.6000 ± 0\.2000,true,true,1,77\.1195$/);
    expect(Number(lines[2]!.split(',')[7])).toBeCloseTo(98.6, 10);
    const places = renderPlacesCsv(comparison).split('\n');
    expect(places[0]).toBe('class,place,variant,count,paper_printed,paper_recounted');
    expect(places).toContain('texture_1,1,stn-random,0,0,1');
    expect(places).toContain('all,1,stn-frozen,12,,');
    const differences = renderDifferencesCsv(comparison).trim().split('\n');
    expect(differences).toHaveLength(1 + 2 * 14 * 3);
    expect(differences[1]).toMatch(/^texture_1,reconstruction\.mse,lower,stn-frozen,ae,3,0,-1,-1,-1,0\.25,0\.25,stn-frozen$/);
  });

  it('all forms show the same printed cells', () => {
    const cells = comparison.classes.flatMap(({ detection }) => detection.flatMap((row) => row.cells.map(({ printed }) => printed)));
    const [markdown, csv, text] = [renderMarkdown(comparison), renderTablesCsv(comparison), renderText(comparison)];
    const latex = renderLatex(comparison).replaceAll('$\\pm$', '±');
    for (const cell of cells) for (const form of [markdown, csv, text, latex]) expect(form).toContain(cell);
  });

  it('JSON keeps every number: nothing in a comparison is lost on the way', () => {
    expect(JSON.parse(JSON.stringify(comparison))).toEqual(comparison);
  });
});

describe('words for numbers', () => {
  it('signs, probabilities, ranges, places', () => {
    expect([0.00123, -0.5, 0.00001, -0.00001].map(signed)).toEqual(['+0.0012', '-0.5000', '0.0000', '0.0000']);
    expect(intervalText({ low: -0.1, high: 0.2 })).toBe('[-0.1000, +0.2000]');
    expect([0.0625, 1, 0.00004].map(probability)).toEqual(['0.0625', '1.0000', '<0.0001']);
    expect(ranges([5, 1, 2, 3, 9])).toBe('1–3, 5, 9');
    expect([1, 2, 3, 4, 11, 12, 13, 21].map(ordinal)).toEqual(['1st', '2nd', '3rd', '4th', '11th', '12th', '13th', '21st']);
  });
});
