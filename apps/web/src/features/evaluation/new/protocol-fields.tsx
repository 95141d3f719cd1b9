'use client';

import { idleReason, type Recipe } from '@plumbline/ml/recipes';
import { OptionField } from '#web/features/recipes/option-field.tsx';
import { fieldsOf, issueFor, valueAt, valueText, withChange } from '#web/features/recipes/recipe-document.ts';
import { fieldProblem } from '#web/features/recipes/recipe-words.ts';

export type Changes = Readonly<Record<string, string>>;

interface ProtocolFieldsProps {
  /** The recipe of the run: its residual options are the protocol until something is changed. */
  readonly recipe: Recipe;
  readonly changes: Changes;
  readonly issues: readonly { readonly path: string; readonly message: string }[];
  readonly onChange: (changes: Changes) => void;
}

/** The residual options of an evaluation, as the recipe's form has them. */
export function ProtocolFields({ recipe, changes, issues, onChange }: ProtocolFieldsProps) {
  const fields = fieldsOf(recipe).filter(({ section }) => section === 'residual');
  const windowed = { ...recipe, residual: { ...recipe.residual, ssim: { ...recipe.residual.ssim, ...windowOf(changes) } } };
  return (
    <div className="grid gap-x-4 gap-y-4 sm:grid-cols-2">
      {fields.map((field) => {
        const { path } = field;
        const baseValue = valueText(valueAt(recipe, path));
        const message = issueFor(issues, path);
        return (
          <OptionField
            key={path}
            field={field}
            value={changes[path] ?? baseValue}
            baseValue={baseValue}
            changed={path in changes}
            idle={idleReason(windowed, path)}
            error={message === null ? null : fieldProblem(message, path, fields)}
            disabled={false}
            onChange={(value) => onChange(withChange(changes, recipe, path, value))}
            onReset={() => onChange(withChange(changes, recipe, path, baseValue))}
          />
        );
      })}
    </div>
  );
}

/** A σ has no effect in a uniform window, also in one that was chosen just now. */
function windowOf(changes: Changes): { window?: 'gaussian' | 'uniform' } {
  const window = changes['residual.ssim.window'];
  return window === 'gaussian' || window === 'uniform' ? { window } : {};
}
