export { Examiner, type Examined, type ExaminerOptions, type Looked, type TrainedNetwork } from './examiner.ts';
export { networkImage } from './network-image.ts';
export { Reconstructor } from './reconstructor.ts';
