'use client';

import { ChevronRight, X } from 'lucide-react';
import { IconButton } from '#web/components/ui/button.tsx';
import { TextField } from '#web/components/ui/field.tsx';
import {
  decodeChanges,
  encodeChanges,
  issueFor,
  problemsOf,
  suggestedVariant,
  valueAt,
  valueText,
  withChange,
} from '#web/features/recipes/recipe-document.ts';
import { sectionsOf } from '#web/features/recipes/recipe-view.tsx';
import { fieldProblem } from '#web/features/recipes/recipe-words.ts';
import { AllSettings, mainPaths } from '#web/features/runs/new/all-settings.tsx';
import { RecipeFieldControl } from '#web/features/runs/new/recipe-field.tsx';
import { resolved, type RecipeVariant } from './plan.ts';

export interface RecipeVariantFormProps {
  readonly variant: RecipeVariant;
  /** Of the catalogue, as it is without changes. */
  readonly document: unknown;
  readonly nameError: string | null | undefined;
  /** What is wrong with it by dotted path of the option. */
  readonly issues: readonly { readonly path: string; readonly message: string }[];
  readonly onChange: (next: (variant: RecipeVariant) => RecipeVariant) => void;
  readonly onRemove: () => void;
}

/** A recipe of the catalogue with changes, and the name that it is compared under. */
export function RecipeVariantForm({ variant, document: base, nameError, issues, onChange, onRemove }: RecipeVariantFormProps) {
  const changes = decodeChanges(variant.changes);
  const document = resolved(variant) ?? base;
  const sections = sectionsOf(document);
  const fields = sections.flatMap((section) => section.fields);
  const problems = problemsOf(variant.base, changes).flatMap(({ path, message }) => (path === null ? [] : [{ path, message }]));
  const problemAt = (path: string) => {
    const message = issueFor([...problems, ...issues], path);
    return message === null ? null : fieldProblem(message, path, fields);
  };
  const shown = (path: string) => changes[path] ?? valueText(valueAt(document, path));
  const change = (path: string, value: string) =>
    onChange((now) => {
      const before = decodeChanges(now.changes);
      const next = withChange(before, base, path, value);
      // A name that nobody touched goes along.
      const suggested = now.name === suggestedVariant(now.base, before);
      return { ...now, changes: encodeChanges(next), name: suggested ? suggestedVariant(now.base, next) : now.name };
    });
  const control = (path: string) => {
    const field = fields.find((one) => one.path === path);
    if (!field) return null;
    return (
      <RecipeFieldControl
        key={path}
        field={field}
        value={shown(path)}
        changed={path in changes}
        error={problemAt(path)}
        onChange={(value) => change(path, value)}
      />
    );
  };
  const wrong = fields.some(({ path }) => !mainPaths.includes(path) && problemAt(path) !== null);
  return (
    <div role="group" aria-label={`Variant from ${variant.base}`} className="flex flex-col gap-4 rounded-md border bg-panel p-4">
      <div className="flex items-start gap-2">
        <TextField
          label={
            <>
              Name of the variant <span className="font-normal text-ink-3">from {variant.base}</span>
            </>
          }
          value={variant.name}
          maxLength={80}
          onChange={({ target: { value } }) => onChange((now) => ({ ...now, name: value }))}
          error={nameError}
          fieldClassName="flex-1"
        />
        <IconButton label={`Take ${variant.name} out`} className="mt-5" onClick={onRemove}>
          <X />
        </IconButton>
      </div>
      <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">{mainPaths.map(control)}</div>
      <details open={wrong || undefined} className="group/all">
        <summary className="flex cursor-pointer list-none items-center gap-1.5 text-xs text-ink-2 hover:text-ink">
          <ChevronRight className="size-4 text-ink-3 transition-transform group-open/all:rotate-90" /> Every other setting
        </summary>
        <div className="mt-2">
          <AllSettings sections={sections} shown={shown} problem={problemAt} control={control} />
        </div>
      </details>
    </div>
  );
}
