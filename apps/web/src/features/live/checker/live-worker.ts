import { quantise8, type PixelImage } from '@plumbline/ml/geometry';
import { imageScore } from '@plumbline/ml/metrics';
import { loadModel, type LoadedModel } from '#web/features/networks/load-model.ts';
import { openEngine } from '#web/features/networks/open-engine.ts';
import { answerTasks } from '#web/lib/answer-tasks.ts';
import { decodePhotograph } from './decode-photograph.ts';
import type { CheckerResult, CheckerTask, CheckResult, CheckTask, OpenTask } from './messages.ts';

let model: LoadedModel | null = null;

async function open({ model: wanted, engine: choice, wasm }: OpenTask): Promise<CheckerResult> {
  model?.examiner.dispose();
  model = null;
  const engine = await openEngine(choice, wasm);
  model = await loadModel(wanted);
  return { engine, regime: model.recipe.regime.kind, bytes: model.bytes };
}

/** 8 bit, opaque, for the screen. */
function toRgba(image: PixelImage): Uint8ClampedArray<ArrayBuffer> {
  const bytes = quantise8(image);
  const { width, height, channels } = image;
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let i = 0; i < width * height; i++) for (let c = 0; c < 3; c++) rgba[4 * i + c] = bytes[channels === 1 ? i : 3 * i + c]!;
  return rgba;
}

async function check({ picture, name }: CheckTask): Promise<CheckResult> {
  if (!model) throw new Error('No model is open: choose one.');
  const { examiner, recipe } = model;
  const start = performance.now();
  const photograph = await decodePhotograph(picture, name);
  const decoded = performance.now();
  const before = examiner.work;
  const { maps } = await examiner.examine(photograph, { id: name, name });
  const score = (measure: 'ssim' | 'mse') => imageScore(maps[measure], recipe.residual.imageScore);
  const scores = { ssim: score('ssim'), mse: score('mse') };
  const end = performance.now();
  return {
    width: photograph.width,
    height: photograph.height,
    rgba: toRgba(photograph),
    maps: { ssim: maps.ssim.data as Float32Array<ArrayBuffer>, mse: maps.mse.data as Float32Array<ArrayBuffer> },
    scores,
    patches: examiner.work.patches - before.patches,
    milliseconds: {
      decode: decoded - start,
      network: 1000 * (examiner.work.seconds - before.seconds),
      total: end - start,
    },
  };
}

// One after another: the examiner's tensors and the engine are shared.
let last: Promise<unknown> = Promise.resolve();
const inTurn = (task: CheckerTask): Promise<CheckerResult> => {
  const result = last.then(() => (task.kind === 'open' ? open(task) : check(task)));
  last = result.catch(() => undefined);
  return result;
};

answerTasks(inTurn, (result) => ('maps' in result ? [result.rgba.buffer, result.maps.ssim.buffer, result.maps.mse.buffer] : []));
