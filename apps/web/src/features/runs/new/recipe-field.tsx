'use client';

import type { RecipeField as Description } from '@plumbline/ml/recipes';
import { Field, Input } from '#web/components/ui/field.tsx';
import { Select } from '#web/components/ui/select.tsx';
import { choiceWords, fieldHelp, fieldTitle, valueWords } from '#web/features/recipes/recipe-words.ts';
import { classes } from '#web/lib/classes.ts';

export interface RecipeFieldProps {
  readonly field: Description;
  readonly value: string;
  readonly changed: boolean;
  readonly error: string | null;
  readonly onChange: (value: string) => void;
}

/** One option of a recipe as a form control, made from its description. A changed one carries a mark. */
export function RecipeFieldControl({ field, value, changed, error, onChange }: RecipeFieldProps) {
  const label = (
    <span className="flex items-center gap-1.5">
      {fieldTitle(field)}
      {field.unit ? <span className="font-normal text-ink-3">{field.unit}</span> : null}
      {changed ? <span title="Changed from the recipe" className="size-1.5 rounded-full bg-accent" /> : null}
    </span>
  );
  const choices = field.type === 'boolean' ? ['true', 'false'] : field.choices?.map(String);
  return (
    <Field label={label} hint={fieldHelp(field)} error={error}>
      {(control) =>
        choices ? (
          <Select
            {...control}
            value={value}
            onValueChange={onChange}
            options={choices.map((choice) => ({
              value: choice,
              label: valueWords(field, choice),
              ...(choiceWords(field.path, choice) === undefined ? {} : { detail: <code className="font-mono">{choice}</code> }),
              ...(field.path === 'regime.kind' && choice === 'orientation'
                ? { disabled: true, detail: 'on the command line alone: an evaluation cannot measure it' }
                : {}),
            }))}
          />
        ) : (
          <Input
            {...control}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            inputMode={field.type === 'text' ? 'text' : 'decimal'}
            autoComplete="off"
            spellCheck={false}
            placeholder={field.nullable ? 'automatic' : undefined}
            className={classes(field.type !== 'text' && 'font-mono')}
          />
        )
      }
    </Field>
  );
}
