'use client';

import { Select } from '#web/components/ui/select.tsx';
import { count } from '#web/lib/numbers.ts';
import { commentedChoices, type Commented } from '../view/view-state.ts';

interface CommentFilterProps {
  readonly chosen: Commented | null;
  /** Images that each choice keeps. */
  readonly counts: Readonly<Record<Commented, number>>;
  readonly onChange: (chosen: Commented | null) => void;
}

const everything = 'all';
const words: Readonly<Record<Commented, string>> = { open: 'Open comments', any: 'Any comments' };

/** Which images the grid shows by what people wrote about them; nothing where nobody did. */
export function CommentFilter({ chosen, counts, onChange }: CommentFilterProps) {
  if (counts.any === 0 && chosen === null) return null;
  return (
    <Select
      label="Comments"
      className="!w-36 shrink-0 !text-xs"
      value={chosen ?? everything}
      onValueChange={(value) => onChange(commentedChoices.find((one) => one === value) ?? null)}
      options={[
        { value: everything, label: 'With or without comments' },
        ...commentedChoices.map((value) => ({ value, label: words[value], detail: `${count(counts[value])} images` })),
      ]}
    />
  );
}
