import { z } from 'zod';

const protocolSchema = z.looseObject({ split: z.enum(['train', 'validation', 'test']).default('test') });

export interface ReadProtocol {
  readonly split: 'train' | 'validation' | 'test';
  /** The residual options as settings on the recipe: `residual.ssim.sigma=1.5`. */
  readonly sets: readonly string[];
}

/** What an evaluation was told, as `evaluate` takes it. @throws ZodError for a protocol that is no object or has another split */
export function readProtocol(json: unknown): ReadProtocol {
  const { split, ...options } = protocolSchema.parse(json);
  return { split, sets: settings('residual', options) };
}

function settings(path: string, value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [`${path}=${String(value)}`];
  return Object.entries(value).flatMap(([key, entry]) => settings(`${path}.${key}`, entry));
}
