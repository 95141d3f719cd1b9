export { l2Loss, meanSquare255 } from './l2.ts';
