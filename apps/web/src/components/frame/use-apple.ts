'use client';

import { useSyncExternalStore } from 'react';

const never = () => () => undefined;
const onApple = () => /mac|iphone|ipad/i.test(navigator.platform);

/** Whether the keyboard has ⌘ where others have Ctrl; false until the browser is known. */
export function useApple(): boolean {
  return useSyncExternalStore(never, onApple, () => false);
}
