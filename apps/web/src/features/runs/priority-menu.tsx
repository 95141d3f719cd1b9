'use client';

import { ArrowUpDown, Check } from 'lucide-react';
import { Button } from '#web/components/ui/button.tsx';
import { Menu, MenuItem, MenuLabel } from '#web/components/ui/menu.tsx';
import { namedPriorities, priorityWords } from './priority-words.ts';

/** Chooses who is next among what waits. */
export function PriorityMenu({ priority, onChoose }: { priority: number; onChoose: (priority: number) => void }) {
  return (
    <Menu
      align="end"
      trigger={
        <Button>
          <ArrowUpDown /> Priority: {priorityWords(priority)}
        </Button>
      }
    >
      <MenuLabel>Higher ones are taken first</MenuLabel>
      {namedPriorities.map(({ value, name }) => (
        <MenuItem key={value} onSelect={() => onChoose(value)}>
          {value === priority ? <Check /> : <span className="size-4" />} {name}
        </MenuItem>
      ))}
    </Menu>
  );
}
