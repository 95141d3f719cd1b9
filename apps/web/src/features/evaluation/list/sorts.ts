/** Orders of the list of evaluations, as the API names them. */
export const sorts = ['newest', 'imageRocAuc', 'pixelRocAuc', 'pixelAveragePrecision', 'aupro30'] as const;
export type Sort = (typeof sorts)[number];

export const sortNames: Readonly<Record<Sort, string>> = {
  newest: 'Newest',
  imageRocAuc: 'Images: ROC-AUC',
  pixelRocAuc: 'Pixels: ROC-AUC',
  pixelAveragePrecision: 'Pixels: AP',
  aupro30: 'Pixels: AUPRO 0.3',
};

export const readSort = (text: string | null): Sort => sorts.find((sort) => sort === text) ?? 'newest';
