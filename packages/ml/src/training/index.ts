export { isDeadStart } from './dead-start.ts';
export type { TrainingEvent } from './events.ts';
export { train, type TrainingResult, type TrainOptions } from './train.ts';
export { StepProbe, stepSpeed, type StepSpeed } from './measure.ts';
