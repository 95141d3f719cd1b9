interface EditorElement extends Element {
  readonly CodeMirror?: { addKeyMap(map: Readonly<Record<string, false>>): void };
}

/** The field of each editor has no label of its own. */
function nameOf(editor: Element): string {
  if (editor.closest('.graphiql-query-editor')) return 'Operation';
  return editor.closest('.graphiql-response') ? 'Answer' : 'Variables';
}

/**
 * Lets Tab go through the editors below `root` instead of indenting in them, from where no key would lead on; names their fields; and takes the role of
 * tabs from the list of operations, whose entries hold buttons, which no tab may. @returns what ends that
 */
export function keepEditorsReachable(root: Element): () => void {
  const known = new Set<Element>();
  const find = () => {
    for (const editor of root.querySelectorAll<EditorElement>('.CodeMirror')) {
      const field = editor.querySelector('textarea');
      if (known.has(editor) || !editor.CodeMirror || !field) continue;
      known.add(editor);
      editor.CodeMirror.addKeyMap({ Tab: false, 'Shift-Tab': false });
      field.setAttribute('aria-label', nameOf(editor));
    }
    for (const list of root.querySelectorAll('ul[role="tablist"], ul > li[role="tab"]')) list.removeAttribute('role');
    for (const entry of root.querySelectorAll('ul > li[aria-selected]')) {
      entry.setAttribute('aria-current', entry.getAttribute('aria-selected') ?? 'false');
      entry.removeAttribute('aria-selected');
    }
  };
  // Editors come one after another, when what they need has been fetched.
  const appeared = new MutationObserver(find);
  appeared.observe(root, { childList: true, subtree: true, attributeFilter: ['aria-selected'] });
  find();
  return () => appeared.disconnect();
}
