export { Adam, type AdamOptions, type AdamState } from './adam.ts';
export type { TrainingEvent } from './events.ts';
export { learningRate } from './schedule.ts';
export { trainingStep, type StepInputs } from './step.ts';
export { train, type TrainingResult, type TrainOptions } from './train.ts';
export { StepProbe, stepSpeed, type StepSpeed } from './measure.ts';
