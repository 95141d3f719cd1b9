import { parentPort } from 'node:worker_threads';
import { encodeFloat32Tiff, readPng8 } from '@plumbline/ml/images';
import { atOriginalSize, residualFields } from '@plumbline/ml/residuals';
import type { ResidualAnswer, ResidualTask } from './residualQueue.ts';

/** Program of the thread that computes residual maps. */
parentPort?.on('message', async ({ id, task }: { id: number; task: ResidualTask }) => {
  try {
    const [input, reconstruction] = await Promise.all([readPng8(task.input), readPng8(task.reconstruction)]);
    const fields = residualFields(task.measure, input, reconstruction, task.geometry, task.options);
    const tiff = new Uint8Array(encodeFloat32Tiff(atOriginalSize(fields, task.geometry, task.width, task.height)));
    parentPort?.postMessage({ id, tiff } satisfies ResidualAnswer, [tiff.buffer]);
  } catch (error) {
    parentPort?.postMessage({ id, error: error instanceof Error ? error.message : String(error) } satisfies ResidualAnswer);
  }
});
