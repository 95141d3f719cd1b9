'use client';

import { Select } from '#web/components/ui/select.tsx';
import { shownClass, type TabProps } from './tab-props.ts';

/** Which class is looked at; nothing where there is one alone. */
export function ClassChoice({ comparison, view }: Pick<TabProps, 'comparison' | 'view'>) {
  if (comparison.classes.length < 2) return null;
  return (
    <Select
      label="Class"
      className="w-44!"
      value={shownClass({ comparison, view })}
      onValueChange={(name) => view.set({ class: name })}
      options={comparison.classes.map(({ name }) => ({ value: name, label: name }))}
    />
  );
}
