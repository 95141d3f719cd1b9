'use client';

import type { RecipeField } from '@plumbline/ml/recipes';
import { RotateCcw, Timer } from 'lucide-react';
import { Field, Input } from '#web/components/ui/field.tsx';
import { Select } from '#web/components/ui/select.tsx';
import { Tooltip } from '#web/components/ui/tooltip.tsx';
import { classes } from '#web/lib/classes.ts';
import { optionNotes } from './recipe-groups.ts';
import { choiceWords, fieldHelp, fieldTitle, valueWords } from './recipe-words.ts';

export interface OptionFieldProps {
  readonly field: RecipeField;
  readonly value: string;
  /** The value in the recipe that this one is begun from, as the form's text; undefined where that recipe has no such option. */
  readonly baseValue: string | undefined;
  readonly changed: boolean;
  /** Why the option does nothing in this recipe, or null. */
  readonly idle: string | null;
  readonly error: string | null;
  readonly disabled: boolean;
  readonly onChange: (value: string) => void;
  readonly onReset: () => void;
}

/** One option of a recipe, made from its description: what it does, its usual range, where the paper speaks of it, and the way back. */
export function OptionField({ field, value, baseValue, changed, idle, error, disabled, onChange, onReset }: OptionFieldProps) {
  const title = fieldTitle(field);
  const choices = field.type === 'boolean' ? ['true', 'false'] : field.choices?.map(String);
  const notes = optionNotes(field);
  const label = (
    <span className={classes('flex items-center gap-1.5 pr-6', idle && 'text-ink-3')}>
      {title}
      {field.unit ? <span className="font-normal text-ink-3">{field.unit}</span> : null}
      {field.cost ? (
        <Tooltip content="Changes how long a training takes or how much memory it needs">
          <span>
            <Timer aria-hidden className="size-3.5 text-ink-3" />
            <span className="sr-only">, changes the cost</span>
          </span>
        </Tooltip>
      ) : null}
      {changed ? <span title="Changed" className="size-1.5 rounded-full bg-accent" /> : null}
    </span>
  );
  const hint = (
    <>
      <span className="block">{idle ?? fieldHelp(field)}</span>
      {notes && !idle ? <span className="block">{notes}</span> : null}
      {changed && baseValue !== undefined ? <span className="block text-ink-2">Was {valueWords(field, baseValue)}</span> : null}
    </>
  );
  return (
    <div data-option={field.path} className="relative min-w-0">
      <Field label={label} hint={hint} error={error}>
        {(control) =>
          choices ? (
            <Select
              {...control}
              value={value}
              disabled={disabled}
              onValueChange={onChange}
              className={classes(idle && 'opacity-60')}
              options={choices.map((choice) => ({
                value: choice,
                label: valueWords(field, choice),
                ...(choiceWords(field.path, choice) === undefined ? {} : { detail: <code className="font-mono">{choice}</code> }),
              }))}
            />
          ) : (
            <Input
              {...control}
              value={value}
              disabled={disabled}
              onChange={(event) => onChange(event.target.value)}
              inputMode="decimal"
              autoComplete="off"
              spellCheck={false}
              placeholder={field.nullable ? 'automatic' : undefined}
              className={classes('font-mono', idle && 'opacity-60')}
            />
          )
        }
      </Field>
      {changed && !disabled ? (
        <button
          type="button"
          aria-label={`Reset ${title}`}
          title={baseValue === undefined ? 'Reset' : `Back to ${valueWords(field, baseValue)}`}
          onClick={onReset}
          className="absolute -top-1 right-0 inline-flex size-6 items-center justify-center rounded-sm text-ink-3 hover:bg-hover hover:text-ink"
        >
          <RotateCcw className="size-3.5" />
        </button>
      ) : null}
    </div>
  );
}
