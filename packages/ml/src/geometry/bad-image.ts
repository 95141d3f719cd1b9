export type BadImageReason = 'broken' | 'truncated' | 'too-large' | 'too-small' | 'unsupported' | 'missing';

/** An image that cannot be used. The message is one sentence that names the file, the reason and the remedy. */
export class BadImageError extends Error {
  override readonly name = 'BadImageError';
  readonly reason: BadImageReason;

  constructor(reason: BadImageReason, message: string) {
    super(message);
    this.reason = reason;
  }
}
