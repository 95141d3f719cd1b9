/** Reading keys: a shortcut is "?", "mod+k", "mod+shift+z", "ArrowLeft", "shift+ArrowLeft" or a sequence such as "g d". */

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/**
 * The name of one press. Ctrl and ⌘ are both "mod"; shift is named with them, and by itself only for keys that it does not change (arrows,
 * Enter …).
 */
export function pressName(press: KeyPress): string {
  const key = press.key === ' ' ? 'Space' : press.key.length === 1 ? press.key.toLowerCase() : press.key;
  const mod = press.ctrlKey || press.metaKey;
  const shift = press.shiftKey && (mod || key.length > 1);
  return `${mod ? 'mod+' : ''}${press.altKey ? 'alt+' : ''}${shift ? 'shift+' : ''}${key}`;
}

export type SequenceStep =
  { readonly kind: 'match'; readonly keys: string } | { readonly kind: 'pending'; readonly typed: string } | { readonly kind: 'none' };

/**
 * What a press means after what was typed before (`typed`, '' or the first part of a sequence), given every bound shortcut; none of them may
 * be the beginning of another. A sequence that cannot go on is given up and the press is read afresh.
 */
export function advance(typed: string, press: string, bound: Iterable<string>): SequenceStep {
  const all = [...bound];
  for (const attempt of typed ? [`${typed} ${press}`, press] : [press]) {
    if (all.includes(attempt)) return { kind: 'match', keys: attempt };
    if (all.some((keys) => keys.startsWith(`${attempt} `))) return { kind: 'pending', typed: attempt };
  }
  return { kind: 'none' };
}

/** True while the person is typing, so that letters are letters. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'range', 'button', 'submit', 'file'].includes(target.type);
}

/** True where the press is the focused control's own: Enter follows a link and presses a button, whatever else it may mean on the page. */
export function isActivating(press: string, target: EventTarget | null): boolean {
  if (press !== 'Enter' && press !== 'Space') return false;
  return target instanceof Element && target.closest('a[href], button, summary, input, [role="button"], [role^="menuitem"]') !== null;
}

const symbols: Record<string, string> = {
  shift: '⇧',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  Enter: '↵',
};

/** The caps to draw: "mod+k" → ["⌘", "K"] on Apple's keyboards and ["Ctrl", "K"] on others; "g d" → ["G", "D"]. */
export function keyCaps(keys: string, apple: boolean): string[] {
  return keys
    .split(/[ +]/)
    .map((key) =>
      key === 'mod'
        ? apple
          ? '⌘'
          : 'Ctrl'
        : key === 'alt'
          ? apple
            ? '⌥'
            : 'Alt'
          : (symbols[key] ?? (key.length === 1 ? key.toUpperCase() : key)),
    );
}
