interface EditorElement extends Element {
  readonly CodeMirror?: { refresh(): void };
}

/**
 * Keeps the line numbers beside the code. The editor measures its gutters when it is made, which may be before its style sheet and font are there, and
 * draws again only the lines that get a fold marker later: the numbers of all others would stay over the code. So every editor below `root` measures
 * again whenever the width of its gutters changes. @returns what ends that
 */
export function keepGuttersMeasured(root: Element): () => void {
  const widths = new Map<Element, number>();
  const resized = new ResizeObserver((entries) => {
    for (const { target, contentRect } of entries) {
      if (widths.get(target) === contentRect.width) continue;
      widths.set(target, contentRect.width);
      target.closest<EditorElement>('.CodeMirror')?.CodeMirror?.refresh();
    }
  });
  const find = () => {
    for (const gutters of root.querySelectorAll('.CodeMirror-gutters')) {
      if (widths.has(gutters)) continue;
      widths.set(gutters, Number.NaN);
      resized.observe(gutters);
    }
  };
  // Editors come one after another, when what they need has been fetched.
  const appeared = new MutationObserver(find);
  appeared.observe(root, { childList: true, subtree: true });
  find();
  return () => {
    appeared.disconnect();
    resized.disconnect();
  };
}
