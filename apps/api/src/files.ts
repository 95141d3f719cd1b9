import type { Evaluation, Image, Measure, Reconstruction, RunPreview } from '@plumbline/prisma';
import { publicId } from './ids.ts';

/** Addresses of files. What can change behind an id carries its content in the query, so that every address of a picture may be kept for ever. */
export const fileUrls = {
  image: (image: Image) => `/files/images/${publicId('Image', image.id)}/original`,
  thumbnail: (image: Pick<Image, 'id' | 'thumbnailSha256'>) =>
    `/files/images/${publicId('Image', image.id)}/thumbnail?v=${image.thumbnailSha256.slice(0, 12)}`,
  mask: (image: Pick<Image, 'id' | 'maskSha256'>) =>
    image.maskSha256 ? `/files/images/${publicId('Image', image.id)}/mask?v=${image.maskSha256.slice(0, 12)}` : null,
  /** The mask that an image had in a dataset version. */
  frozenMask: (versionId: string, imageId: string, sha256: string) =>
    `/files/versions/${publicId('DatasetVersion', versionId)}/${publicId('Image', imageId)}/mask?v=${sha256.slice(0, 12)}`,
  preview: (preview: RunPreview) => `/files/previews/${publicId('TrainingRun', preview.runId)}/${preview.sha256}.png`,
  input: (reconstruction: Pick<Reconstruction, 'id'>) =>
    `/files/reconstructions/${publicId('Reconstruction', reconstruction.id)}/input.png`,
  reconstruction: (reconstruction: Pick<Reconstruction, 'id'>) =>
    `/files/reconstructions/${publicId('Reconstruction', reconstruction.id)}/reconstruction.png`,
  residual: (reconstructionId: string, measure: Measure) =>
    `/files/residuals/${publicId('Reconstruction', reconstructionId)}/${measure}.tiff`,
  /** A file of the folder that an evaluation makes: metrics.json, scores.csv, files.json with all of them, folder.zip; images.json for the browser. */
  evaluation: (evaluation: Pick<Evaluation, 'id'>, file: string) => `/files/evaluations/${publicId('Evaluation', evaluation.id)}/${file}`,
  checkpoint: (checkpointId: string, name: string) =>
    `/files/checkpoints/${publicId('Checkpoint', checkpointId)}/${name.split('/').map(encodeURIComponent).join('/')}`,
};
