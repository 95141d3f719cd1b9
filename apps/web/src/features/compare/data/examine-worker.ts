import type { PixelImage } from '@plumbline/ml/geometry';
import { centrePatch, differenceHistogram, differencePicture, examineOrientation, inDegrees, orientationChart } from '@plumbline/ml/preview';
import { roundTrip } from '@plumbline/ml/transformer';
import { decodePicture, toPixelImage } from '../../residuals/pixels/decode.ts';
import { samplers, type Drawn, type ExamineAnswer, type Examined, type ExamineRequest } from './examine-tasks.ts';

/** The part of the worker's global scope used here (the DOM library types the page's scope only). */
interface WorkerScope {
  onmessage: ((event: MessageEvent<ExamineRequest>) => void) | null;
  postMessage(message: ExamineAnswer): void;
}
const scope = self as unknown as WorkerScope;

function drawn({ width, height, channels, data }: PixelImage): Drawn {
  const rgba = new Uint8ClampedArray(4 * width * height);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) rgba[4 * i + c] = 255 * data[i * channels + (channels === 3 ? c : 0)]!;
    rgba[4 * i + 3] = 255;
  }
  return { width, height, rgba };
}

async function photograph(url: string, name: string): Promise<PixelImage> {
  const response = await fetch(url, { credentials: 'same-origin' });
  if (!response.ok) throw new Error(`${name} could not be read (${response.status}); sign in again, or choose another image.`);
  try {
    return toPixelImage(await decodePicture(await response.blob(), name));
  } catch {
    throw new Error(`${name} is in a format that this browser does not show; choose another image.`);
  }
}

async function examine({ url, name, recipe, ask }: ExamineRequest): Promise<Examined> {
  const { input, content, steps } = centrePatch(await photograph(url, name), recipe, name);
  if (ask.kind === 'orientation') {
    const { curve, search, pictures } = examineOrientation(input, recipe);
    return {
      kind: 'orientation',
      steps,
      input: drawn(pictures.input),
      normalised: drawn(pictures.normalised),
      gradient: drawn(pictures.gradient),
      chart: orientationChart(curve, { search }, `J(α) of ${name}`),
      degrees: inDegrees(search),
    };
  }
  const trips = samplers.map((sampler) => {
    const trip = roundTrip(sampler, input, (ask.degrees * Math.PI) / 180, content);
    return {
      sampler,
      forward: drawn(trip.forward),
      back: drawn(trip.back),
      difference: drawn(differencePicture(trip)),
      histogram: differenceHistogram(trip, `${sampler}, ${ask.degrees}° and back`),
      mse: trip.mse,
      mseInner: trip.mseInner,
    };
  });
  return { kind: 'sampler', steps, input: drawn(input), trips };
}

scope.onmessage = ({ data }) => {
  examine(data).then(
    (examined) => scope.postMessage({ examined }),
    (error: unknown) => scope.postMessage({ refused: error instanceof Error ? error.message : String(error) }),
  );
};
