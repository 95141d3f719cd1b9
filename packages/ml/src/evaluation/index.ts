export { evaluate, type EvaluateOptions } from './evaluate.ts';
export type { EvaluatedImage, EvaluationEvent, EvaluationMetrics, EvaluationResult, Threshold } from './result.ts';
export { RunNormaliser } from './run-normaliser.ts';
