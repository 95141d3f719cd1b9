'use client';

import { Columns3, Search } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Button } from '#web/components/ui/button.tsx';
import { Input } from '#web/components/ui/field.tsx';
import { Menu, MenuCheck, MenuItem, MenuLabel, MenuSeparator } from '#web/components/ui/menu.tsx';
import { Segmented } from '#web/components/ui/segmented.tsx';
import { Select } from '#web/components/ui/select.tsx';
import { leaving } from '#web/lib/leaving.ts';
import type { QueryChange } from '#web/lib/query-state.ts';
import { stateFilters } from '../run-states.ts';
import { columns } from './columns.ts';
import { columnChange, readListState, type ListState } from './list-state.ts';

const everything = '*';

interface Choice {
  readonly id: string;
  readonly name: string;
}

export interface FilterRowProps {
  readonly state: ListState;
  readonly datasets: readonly Choice[];
  readonly variants: readonly Choice[];
  readonly people: readonly Choice[];
  readonly onChange: (change: QueryChange) => void;
}

/** By what the list of runs is filtered, and which columns it has. */
export function FilterRow({ state, datasets, variants, people, onChange }: FilterRowProps) {
  const choose = (name: string) => (value: string) => onChange({ [name]: value === everything ? null : value });
  const among = (all: string, choices: readonly Choice[]) => [
    { value: everything, label: all },
    ...choices.map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <>
      <Segmented
        label="State"
        value={state.state.value}
        onValueChange={(value) => onChange({ state: value === 'all' ? null : value })}
        options={stateFilters.map(({ value, label }) => ({ value, label }))}
        className="max-w-full overflow-x-auto"
      />
      <TextFilter text={state.text} onChange={(text) => onChange({ text: text === '' ? null : text })} />
      <Select
        label="Dataset"
        className="w-36!"
        value={state.datasetId ?? everything}
        onValueChange={choose('dataset')}
        options={among('Every dataset', datasets)}
      />
      <Select
        label="Variant"
        className="w-32!"
        value={state.variantId ?? everything}
        onValueChange={choose('variant')}
        options={among('Every variant', variants)}
      />
      <Select
        label="Kind"
        className="w-32!"
        value={state.kind ?? everything}
        onValueChange={choose('kind')}
        options={[
          { value: everything, label: 'Every kind' },
          { value: 'reconstruction', label: 'reconstruction' },
          { value: 'orientation', label: 'orientation' },
        ]}
      />
      <Select
        label="Person"
        className="w-28!"
        value={state.personId ?? everything}
        onValueChange={choose('person')}
        options={among('Everybody', people)}
      />
      <Menu
        align="end"
        trigger={
          <Button>
            <Columns3 /> Columns
          </Button>
        }
      >
        <MenuLabel>Shown in the list</MenuLabel>
        {columns.map(({ key, head }) => (
          <MenuCheck key={key} checked={state.columns.includes(key)} onChange={() => onChange(columnChange(addressed(), key))}>
            {head}
          </MenuCheck>
        ))}
        <MenuSeparator />
        <MenuItem disabled={!state.chosenColumns} onSelect={() => onChange({ columns: null })}>
          The usual columns
        </MenuItem>
      </Menu>
    </>
  );
}

/** What the address says now: two columns pressed in a row come before the page was drawn anew. */
function addressed(): ListState {
  const params = new URLSearchParams(window.location.search);
  return readListState((name) => params.get(name));
}

/** Asks once the typing rests. */
function TextFilter({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const field = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const asked = useRef(text);
  useEffect(() => {
    // Another view was opened, or the filters were taken out: what is typed meanwhile is not overwritten by what was asked.
    if (text === asked.current) return;
    asked.current = text;
    if (field.current) field.current.value = text;
  }, [text]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <span className="relative">
      <Search aria-hidden className="pointer-events-none absolute top-2 left-2 size-4 text-ink-3" />
      <Input
        ref={field}
        type="search"
        aria-label="Text in names, reason, seed or id"
        placeholder="Find"
        maxLength={200}
        defaultValue={text}
        onChange={({ currentTarget }) => {
          clearTimeout(timer.current);
          timer.current = setTimeout(() => {
            // Who has pressed a link meanwhile wants the page, not the list.
            if (leaving()) return;
            asked.current = currentTarget.value.trim();
            onChange(asked.current);
          }, 300);
        }}
        className="w-40! pl-7.5"
      />
    </span>
  );
}
