interface EngineFacts {
  /** 'native' or 'wasm'. */
  readonly engine?: unknown;
  readonly device?: unknown;
  readonly tensorflow?: unknown;
  readonly threads?: unknown;
  readonly reason?: unknown;
}

/** "native TensorFlow 2.21.0, CPU, 2 threads" from what the worker reported; "–" before it did. */
export function engineInWords(engine: unknown): string {
  if (typeof engine !== 'object' || engine === null) return '–';
  const { engine: kind, device, tensorflow, threads } = engine as EngineFacts;
  const name =
    kind === 'native'
      ? `native TensorFlow${typeof tensorflow === 'string' ? ` ${tensorflow}` : ''}`
      : kind === 'wasm'
        ? 'WebAssembly'
        : String(kind ?? 'unknown');
  const parts = [name];
  if (typeof device === 'string') parts.push(device.toUpperCase());
  if (typeof threads === 'number') parts.push(threads === 1 ? '1 thread' : `${threads} threads`);
  return parts.join(', ');
}

/** Why the native engine is not used, with the remedy; null when it is. */
export function engineReason(engine: unknown): string | null {
  if (typeof engine !== 'object' || engine === null) return null;
  const { reason } = engine as EngineFacts;
  return typeof reason === 'string' && reason !== '' ? reason : null;
}
