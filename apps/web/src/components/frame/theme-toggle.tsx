'use client';

import { Moon, Sun } from 'lucide-react';
import { useTheme } from 'next-themes';
import { IconButton } from '#web/components/ui/button.tsx';
import { Tooltip } from '#web/components/ui/tooltip.tsx';

/** Which one is seen is decided in CSS, so that the server's answer fits both. */
export function ThemeToggle() {
  const { resolvedTheme, setTheme } = useTheme();
  return (
    <Tooltip content="Light or dark" side="bottom">
      <IconButton label="Switch between light and dark" onClick={() => setTheme(resolvedTheme === 'dark' ? 'light' : 'dark')}>
        <Moon className="dark:hidden" />
        <Sun className="hidden dark:block" />
      </IconButton>
    </Tooltip>
  );
}
