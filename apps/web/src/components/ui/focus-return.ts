'use client';

import { useRef } from 'react';

/**
 * Gives the focus back to where it was before a dialog opened. Radix does so for a dialog with a trigger of its own; one that is opened by a
 * key or from elsewhere would leave it on the page's body, where nothing listens.
 */
export function useFocusReturn(): { onOpenAutoFocus: () => void; onCloseAutoFocus: (event: Event) => void } {
  const before = useRef<Element | null>(null);
  return {
    onOpenAutoFocus: () => {
      // A menu's item is gone by then; its button is not.
      const button = document.activeElement?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
      before.current = button ? document.getElementById(button) : document.activeElement;
    },
    onCloseAutoFocus: (event) => {
      const element = before.current;
      before.current = null;
      if (!(element instanceof HTMLElement) || !element.isConnected || element === document.body) return;
      event.preventDefault();
      element.focus({ preventScroll: true });
    },
  };
}
