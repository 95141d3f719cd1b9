export interface RecipeIssue {
  /** Dotted path of the option at fault. */
  readonly option: string;
  /** One sentence that names the option and says what is allowed. */
  readonly message: string;
}

/** A recipe, option or value that cannot be used. The message is one sentence: what, where, remedy. */
export class RecipeError extends Error {
  override readonly name = 'RecipeError';
  /** Dotted path of the option at fault, or null when it is the recipe as a whole. */
  readonly option: string | null;

  /** Everything that is wrong with the options, the one of the message first; empty when it is the recipe as a whole. */
  readonly issues: readonly RecipeIssue[];

  constructor(message: string, option: string | null = null, others: readonly RecipeIssue[] = []) {
    super(message);
    this.option = option;
    this.issues = option === null ? [] : [{ option, message }, ...others];
  }
}
