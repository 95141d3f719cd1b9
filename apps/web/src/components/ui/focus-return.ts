'use client';

import { useInsertionEffect, useRef } from 'react';

/**
 * Gives the focus back to where it was before a dialog opened. Radix does so for a dialog with a trigger of its own; one that is opened by a
 * key or from elsewhere would leave it on the page's body, where nothing listens.
 */
export function useFocusReturn(open: boolean): { onCloseAutoFocus: (event: Event) => void } {
  const before = useRef<Element | null>(null);
  // Before a field of the dialog takes the focus by itself.
  useInsertionEffect(() => {
    if (!open) return;
    // A menu's item will be gone; its button will not.
    const button = document.activeElement?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
    before.current = button ? document.getElementById(button) : document.activeElement;
  }, [open]);
  return {
    onCloseAutoFocus: (event) => {
      const element = before.current;
      if (!(element instanceof HTMLElement) || !element.isConnected || element === document.body) return;
      event.preventDefault();
      element.focus({ preventScroll: true });
    },
  };
}
