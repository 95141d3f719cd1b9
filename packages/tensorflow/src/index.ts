export { describeEngine, type EngineDescription } from './describe.ts';
export type { Attribute, Attributes, Engine, EngineKind, OperationCall } from './engine.ts';
export { engineEnvironment, engineVariables, withOnly } from './environment.ts';
export { installEngine, type InstallOptions, type InstallResult } from './install/index.ts';
export { type EngineSpeed, measureEngine } from './measure.ts';
export { type OpenOptions, openEngine } from './open.ts';
