import type { Tensor, TensorInfo } from '@tensorflow/tfjs';
import type { Attribute, Attributes, OperationCall } from '../engine.ts';

interface RawAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

/** The part of tfjs-node's compiled binding that is used here. */
export interface Binding {
  readonly TF_Version: string;
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  readonly TF_BOOL: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_SHAPE: number;
}

/** The part of tfjs-node's backend that is used here. */
export interface NodeBackend {
  readonly binding: Binding;
  readonly isUsingGpuDevice: boolean;
  executeSingleOutput(name: string, attributes: RawAttribute[], inputs: TensorInfo[]): Tensor;
  executeMultipleOutputs(name: string, attributes: RawAttribute[], inputs: TensorInfo[], outputs: number): Tensor[];
}

function typeCode(binding: Binding, dtype: 'float32' | 'int32' | 'bool'): number {
  return { float32: binding.TF_FLOAT, int32: binding.TF_INT32, bool: binding.TF_BOOL }[dtype];
}

function rawAttribute(binding: Binding, name: string, attribute: Attribute): RawAttribute {
  if ('dtype' in attribute) return { name, type: binding.TF_ATTR_TYPE, value: typeCode(binding, attribute.dtype) };
  if ('float' in attribute) return { name, type: binding.TF_ATTR_FLOAT, value: attribute.float };
  if ('int' in attribute) return { name, type: binding.TF_ATTR_INT, value: attribute.int };
  if ('bool' in attribute) return { name, type: binding.TF_ATTR_BOOL, value: attribute.bool };
  if ('string' in attribute) return { name, type: binding.TF_ATTR_STRING, value: attribute.string };
  return { name, type: binding.TF_ATTR_SHAPE, value: attribute.shape };
}

/** TensorFlow's operations by name on a loaded native backend. */
export function operationsOf(backend: NodeBackend): OperationCall {
  const raw = (attributes: Attributes): RawAttribute[] =>
    Object.entries(attributes).map(([name, attribute]) => rawAttribute(backend.binding, name, attribute));
  const one = (name: string, attributes: Attributes, inputs: readonly Tensor[]): Tensor =>
    backend.executeSingleOutput(name, raw(attributes), [...inputs]);
  const many = (name: string, attributes: Attributes, inputs: readonly Tensor[], outputs: number): Tensor[] =>
    backend.executeMultipleOutputs(name, raw(attributes), [...inputs], outputs);
  return Object.assign(one, { many });
}
