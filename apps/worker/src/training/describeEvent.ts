import type { TrainingEvent } from '@plumbline/ml';

const rounded = (value: number | null): string => (value === null ? 'none' : value.toPrecision(4));

/** What a training tells as a line of its log; null for what comes too often, or is shown as a picture. */
export function describeEvent(event: TrainingEvent): string | null {
  switch (event.kind) {
    case 'prepared': {
      const done = event.history.length > 0 ? `, ${event.history.length} done before` : '';
      return `${event.trainImages} training images, ${event.validationImages} held out, ${event.trainPatches} patches, ${event.stepsPerEpoch} steps an epoch, ${event.epochs} epochs${done}`;
    }
    case 'epoch':
      return `epoch ${event.epoch}: training ${rounded(event.trainLoss)}, validation ${rounded(event.validationLoss)}, learning rate ${event.learningRate.toPrecision(3)}, ${Math.round(event.imagesPerSecond)} patches/s`;
    case 'checkpoint':
      return event.which === 'best' ? `epoch ${event.epoch}: best so far` : null;
    case 'warning':
      return `warning: ${event.message}`;
    case 'left-dead-start':
      return `epoch ${event.epoch}: the dead start is over`;
    case 'recovery':
      return `known turns are found again within ${rounded(event.network.medianDegrees)}° (median), by search within ${rounded(event.search.medianDegrees)}°`;
    case 'pre-training': {
      const inner = describeEvent(event.event);
      return inner === null ? null : `orientation: ${inner}`;
    }
    default:
      return null;
  }
}
