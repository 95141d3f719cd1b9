interface Told {
  readonly run: { readonly variant: { readonly name: string } };
  readonly detail: string;
  /** Of the protocol. */
  readonly words: string;
}

/** Evaluations that have every one of the words somewhere in what is shown of them. */
export function withWords<T extends Told>(evaluations: readonly T[], text: string): T[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return evaluations.filter(({ run, detail, words: protocol }) => {
    const all = `${run.variant.name} ${detail} ${protocol}`.toLowerCase();
    return words.every((word) => all.includes(word));
  });
}

/** Why a list to choose from is empty. `more`: whether there are others that were not loaded yet. */
export function nothingListed(text: string, more: boolean): string {
  if (text.trim() === '') return 'No evaluation has finished yet.';
  return more ? 'None of those loaded so far has these words: show more.' : 'No evaluation has these words.';
}
