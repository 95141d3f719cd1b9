export { l2Loss, meanSquare255, type LossAndGradient } from './l2.ts';
