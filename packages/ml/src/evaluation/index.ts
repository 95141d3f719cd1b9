export { evaluate, type EvaluateOptions } from './evaluate.ts';
export { Examiner, type Examined } from './examiner.ts';
export type { Curves, EvaluatedImage, EvaluationEvent, EvaluationMetrics, EvaluationResult, Threshold } from './result.ts';
