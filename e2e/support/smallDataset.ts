import { expect, type APIRequestContext } from '@playwright/test';
import { encodeMaskPng, encodePng8 } from '@plumbline/ml/images';
import { defectKinds, planImage, readTexture, renderImage, type PlannedImage } from '@plumbline/samples';
import { askApi } from './askApi.ts';
import { platform } from './test.ts';
import { zipOf } from './zip.ts';

const name = 'small brick';
/** Images of the sample's brick. Each defect has two, so that an evaluation takes some 5 s and not 20. */
const counts = { train: 10, validation: 4, good: 4, defective: 2 } as const;

function planned(): PlannedImage[] {
  const series = (split: PlannedImage['split'], label: PlannedImage['label'], count: number) =>
    Array.from({ length: count }, (_, number) => planImage('brick', split, label, number));
  return [
    ...series('train', 'good', counts.train),
    ...series('validation', 'good', counts.validation),
    ...series('test', 'good', counts.good),
    ...defectKinds.flatMap((kind) => series('test', kind, counts.defective)),
  ];
}

/** The folder of the dataset, with the masks of its defects, as a zip. */
async function zipped(): Promise<Buffer> {
  const photograph = await readTexture('brick');
  const files: Record<string, Buffer> = {};
  for (const one of planned()) {
    const { image, mask } = renderImage(photograph, one);
    const data = image.data.map((grey) => grey / 255);
    files[`brick/${one.split}/${one.label}/${one.stem}.png`] = await encodePng8({ ...image, channels: 1, data });
    if (mask)
      files[`brick/ground_truth/${one.label}/${one.stem}_mask.png`] = await encodeMaskPng({
        width: image.width,
        height: image.height,
        data: mask,
      });
  }
  return zipOf(files);
}

interface Found {
  readonly project: {
    readonly datasets: readonly {
      readonly id: string;
      readonly name: string;
      readonly imports: readonly { readonly state: string; readonly refused: number; readonly duplicates: number }[];
    }[];
  };
}

/** A few images of the sample's brick as a dataset of their own, uploaded and imported unless an earlier journey did. @returns its id */
export async function smallDataset(request: APIRequestContext, projectId: string): Promise<string> {
  const find = async () => {
    const query = 'query ($id: ID!) { project(id: $id) { datasets { id name imports { state refused duplicates } } } }';
    const { project } = await askApi<Found>(request, query, { id: projectId });
    return project.datasets.find((one) => one.name === name);
  };
  const id = (await find())?.id ?? (await importInto(request, projectId));
  const read = async () => (await find())?.imports[0];
  await expect.poll(read, { timeout: 60_000 }).toEqual({ state: 'succeeded', refused: 0, duplicates: 0 });
  return id;
}

async function importInto(request: APIRequestContext, projectId: string): Promise<string> {
  const { createDataset } = await askApi<{ createDataset: { dataset: { id: string } } }>(
    request,
    'mutation ($input: CreateDatasetInput!) { createDataset(input: $input) { ... on CreateDatasetSuccess { dataset { id } } } }',
    { input: { projectId, name } },
  );
  const datasetId = createDataset.dataset.id;
  const data = await zipped();
  const sent = await request.post(`${platform.address}/uploads`, {
    data,
    headers: {
      origin: platform.address,
      'tus-resumable': '1.0.0',
      'upload-length': String(data.length),
      'content-type': 'application/offset+octet-stream',
    },
  });
  expect(sent.status()).toBe(201);
  const uploadId = sent.headers()['location']?.split('/').at(-1);
  const { startImport } = await askApi<{ startImport: { __typename: string } }>(
    request,
    'mutation ($input: StartImportInput!) { startImport(input: $input) { __typename } }',
    { input: { datasetId, files: [{ path: 'brick.zip', uploadId }] } },
  );
  expect(startImport.__typename).toBe('StartImportSuccess');
  return datasetId;
}
