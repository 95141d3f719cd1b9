/** A recipe, option or value that cannot be used. The message is one sentence: what, where, remedy. */
export class RecipeError extends Error {
  override readonly name = 'RecipeError';
  /** Dotted path of the option at fault, or null when it is the recipe as a whole. */
  readonly option: string | null;

  constructor(message: string, option: string | null = null) {
    super(message);
    this.option = option;
  }
}
