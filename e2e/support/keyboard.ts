import type { Page } from '@playwright/test';

/** What the keyboard does not do on a page; empty where all is well. */
export interface KeyboardFaults {
  /** Things to act on that Tab does not come to. */
  readonly unreached: readonly string[];
  /** Things that Tab comes to without its being seen. */
  readonly unseen: readonly string[];
  readonly stops: number;
}

/**
 * Runs in the page: numbers everything to act on. A thing that the arrow keys come to (tabindex −1 in a group with one that Tab comes to) counts by
 * its group, a native radio button by its name.
 */
const numberThem = `(() => {
  const things = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex], [contenteditable=true]';
  const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: false }) &&
    element.getClientRects().length > 0 && !element.closest('[inert], [aria-hidden=true]');
  const named = (element) => element.tagName.toLowerCase() + ' "' +
    (element.getAttribute('aria-label') ?? element.labels?.[0]?.innerText ?? element.innerText ?? '').trim().replace(/\\s+/g, ' ').slice(0, 50) + '"';
  window.keyboardThings = [...document.querySelectorAll(things)].filter((element) => shown(element) && !element.disabled &&
    element.getAttribute('aria-disabled') !== 'true' && !element.matches('label'));
  window.keyboardNames = window.keyboardThings.map(named);
  window.keyboardFocused = new Set();
})()`;

/** Runs in the page after a Tab: notes what has the focus, and whether that can be seen. */
const noteFocus = `(() => {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return null;
  const index = window.keyboardThings.indexOf(focused);
  const again = window.keyboardFocused.has(focused);
  window.keyboardFocused.add(focused);
  const look = (element) => { const style = getComputedStyle(element);
    return [style.outlineStyle === 'none' ? '' : style.outlineWidth + style.outlineColor, style.boxShadow, style.borderColor, style.backgroundColor].join('|'); };
  const chain = [];
  for (let element = focused, n = 0; element && n < 4; element = element.parentElement, n++) chain.push(element);
  const focusedLooks = chain.map(look);
  const box = focused.getBoundingClientRect();
  focused.blur();
  const differs = chain.some((element, n) => look(element) !== focusedLooks[n]);
  focused.focus({ preventScroll: true, focusVisible: true });
  return { index, again, seen: differs && box.width > 0 && box.height > 0, name: window.keyboardNames[index] ?? focused.tagName };
})()`;

/** Runs in the page at the end: what was not come to. */
const listUnreached = `window.keyboardThings.flatMap((element, n) => {
  const visited = window.keyboardFocused;
  if (visited.has(element) || !element.isConnected) return [];
  const near = (test) => [...visited].some(test);
  if (element.type === 'radio' && near((other) => other.type === 'radio' && other.name === element.name)) return [];
  const group = element.closest('[role=radiogroup], [role=tablist], [role=listbox], [role=grid], [role=toolbar], [role=tree], [role=group], [role=menu], table');
  if (element.tabIndex < 0 && group && near((other) => group === other || group.contains(other))) return [];
  // Something inside a thing that Tab does come to.
  if (element.tabIndex < 0 && near((other) => other !== element && other.contains(element))) return [];
  return [window.keyboardNames[n]];
})`;

/** Goes through a page by Tab alone, from its beginning until it comes round. */
export async function keyboardFaults(page: Page): Promise<KeyboardFaults> {
  await page.evaluate('document.activeElement?.blur?.(); window.getSelection()?.removeAllRanges(); window.scrollTo(0, 0)');
  await page.evaluate(numberThem);
  const unseen: string[] = [];
  const longest = Number(await page.evaluate('window.keyboardThings.length')) + 30;
  let stops = 0;
  for (; stops < longest; stops++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate<{ again: boolean; seen: boolean; name: string } | null>(noteFocus);
    if (at === null) {
      if (stops > 0) break;
      continue;
    }
    if (at.again) break;
    if (!at.seen) unseen.push(at.name);
  }
  return { unreached: await page.evaluate<string[]>(listUnreached), unseen, stops };
}
