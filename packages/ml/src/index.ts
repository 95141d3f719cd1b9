export { operationsOf, type Engine, type Operations } from './engine/index.ts';
export { datasetHash, imagesOf, readMvtecDataset, type Dataset, type DatasetImage } from './datasets/index.ts';
export { autoencoderLayers, multiplyAdds, parameterCount, type Layer } from './models/index.ts';
export * from './recipes/index.ts';
export {
  codeVersion,
  loadCheckpoint,
  lockRun,
  readManifest,
  RunBusyError,
  RunError,
  RunPaused,
  type Checkpoint,
  type EpochRecord,
  type RunManifest,
  type WhichCheckpoint,
  writeAtomic,
} from './run/index.ts';
export {
  isDeadStart,
  StepProbe,
  stepSpeed,
  train,
  type StepSpeed,
  type TrainingEvent,
  type TrainingResult,
  type TrainOptions,
} from './training/index.ts';
export {
  evaluate,
  RunNormaliser,
  type EvaluateOptions,
  type EvaluationEvent,
  type EvaluationMetrics,
  type EvaluationResult,
  type EvaluatedImage,
  type Threshold,
} from './evaluation/index.ts';
