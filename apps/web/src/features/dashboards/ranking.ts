/** By what dashboards put variants in order, as the API names it. */
export const rankingMetrics = ['imageRocAuc', 'pixelRocAuc', 'pixelAveragePrecision', 'aupro30'] as const;
export type RankingMetric = (typeof rankingMetrics)[number];

export const metricNames: Readonly<Record<RankingMetric, string>> = {
  imageRocAuc: 'Image ROC AUC',
  pixelRocAuc: 'Pixel ROC AUC',
  pixelAveragePrecision: 'Pixel AP',
  aupro30: 'AUPRO 0.3',
};

export const readMetric = (text: string | null): RankingMetric => rankingMetrics.find((metric) => metric === text) ?? 'imageRocAuc';
