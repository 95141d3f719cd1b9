import type { APIRequestContext } from '@playwright/test';
import { platform } from './test.ts';

/** What the server says of an evaluation's images by another way than the grid's: its table of scores, and its threshold. */
export interface Scores {
  readonly threshold: number;
  /** 1 − SSIM image score and label by the image's name in the evaluation's folder. */
  readonly images: ReadonlyMap<string, { readonly label: string; readonly score: number }>;
}

export async function scoresOf(request: APIRequestContext, evaluationId: string): Promise<Scores> {
  const query = 'query ($id: ID!) { evaluation(id: $id) { thresholds } }';
  const answer = await request.post('/graphql', {
    data: { query, variables: { id: evaluationId } },
    headers: { origin: platform.address },
  });
  const { data } = (await answer.json()) as { data: { evaluation: { thresholds: { ssim: { image: number } } } } };
  const csv = await (await request.get(`/files/evaluations/${evaluationId}/scores.csv`)).text();
  const [head = '', ...lines] = csv.trim().split(/\r?\n/);
  const columns = head.split(',');
  const at = (name: string): number => {
    const found = columns.indexOf(name);
    if (found < 0) throw new Error(`scores.csv has no column ${name}: ${head}`);
    return found;
  };
  const [image, label, score] = [at('image'), at('label'), at('ssim')];
  const images = new Map(
    lines.map((line) => {
      const cells = line.split(',');
      return [cells[image]!, { label: cells[label]!, score: Number(cells[score]) }] as const;
    }),
  );
  return { threshold: data.evaluation.thresholds.ssim.image, images };
}

/** Server-side count of an evaluation's images with a label. */
export async function countOf(request: APIRequestContext, evaluationId: string, label: string): Promise<number> {
  const query = 'query ($id: ID!, $label: String) { evaluation(id: $id) { reconstructions(first: 1, label: $label) { totalCount } } }';
  const answer = await request.post('/graphql', {
    data: { query, variables: { id: evaluationId, label } },
    headers: { origin: platform.address },
  });
  return ((await answer.json()) as { data: { evaluation: { reconstructions: { totalCount: number } } } }).data.evaluation.reconstructions
    .totalCount;
}
