export * from './patch-steps.ts';
export { centrePatch, type CentrePatch } from './centre-patch.ts';
export { examineOrientation, type ExaminedOrientation } from './examine-orientation.ts';
export { inDegrees, orientationChart, orientationCsv, shownOrientation, type Choices } from './orientation-figures.ts';
export { DIFFERENCE_RANGE, differenceHistogram, differencePicture } from './round-trip-figures.ts';
