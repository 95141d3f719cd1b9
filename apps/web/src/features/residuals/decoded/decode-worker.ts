import { loadModel, type LoadedModel } from '#web/features/networks/load-model.ts';
import { openEngine, type OpenedEngine } from '#web/features/networks/open-engine.ts';
import { answerTasks } from '#web/lib/answer-tasks.ts';
import { fromPixelImage, toPixelImage, type Picture } from '../pixels/decode.ts';
import { fetchPicture } from '../pixels/fetch-picture.ts';
import { MOST_EVALUATIONS } from '../view/view-state.ts';
import type { DecodeTask, DecodingResult, DecodingTask } from './tasks.ts';

/** Open ones by id, the one used longest ago first. */
const models = new Map<string, LoadedModel>();
let engine: OpenedEngine | null = null;

function close(id: string): void {
  models.get(id)?.examiner.dispose();
  models.delete(id);
}

async function opened({ model: { id, files }, wasm }: DecodeTask): Promise<LoadedModel> {
  const known = models.get(id);
  models.delete(id);
  engine ??= await openEngine('auto', wasm);
  const model = known ?? (await loadModel({ files, residual: null, expected: null }));
  models.set(id, model);
  for (const oldest of models.keys()) if (models.size > MOST_EVALUATIONS) close(oldest);
  return model;
}

async function decode(task: DecodeTask): Promise<Picture> {
  const { examiner } = await opened(task);
  const input = toPixelImage(await fetchPicture(task.inputUrl));
  return fromPixelImage(await examiner.decode(input, Float64Array.from(task.turns)));
}

async function run(task: DecodingTask): Promise<DecodingResult> {
  if (task.kind === 'decode') return await decode(task);
  for (const id of models.keys()) if (!task.models.includes(id)) close(id);
  return null;
}

// Whoever asks waits for an answer before the next task: the engine and the examiners' tensors are shared.
answerTasks(run, (result) => (result ? [result.rgba.buffer] : []));
