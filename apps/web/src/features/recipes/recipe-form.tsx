'use client';

import { idleReason, type Recipe } from '@plumbline/ml/recipes';
import { Panel, Section } from '#web/components/ui/page.tsx';
import { OptionField } from './option-field.tsx';
import { issueFor, valueAt, valueText, type RecipeProblem } from './recipe-document.ts';
import { groupName, optionGroups } from './recipe-groups.ts';
import { fieldProblem } from './recipe-words.ts';

export interface RecipeFormProps {
  /** The recipe after those changes that nothing is wrong with; it says which options there are. */
  readonly document: Recipe;
  readonly base: Recipe;
  readonly changes: Readonly<Record<string, string>>;
  readonly problems: readonly RecipeProblem[];
  readonly disabled: boolean;
  /** Sets an option; its value in the base takes the change back. */
  readonly onChange: (path: string, value: string) => void;
}

/** Every option of a recipe, made from the schema's descriptions. */
export function RecipeForm({ document, base, changes, problems, disabled, onChange }: RecipeFormProps) {
  const groups = optionGroups(document);
  const everyField = groups.flatMap(({ fields }) => fields);
  const named = problems.flatMap(({ path, message }) => (path === null ? [] : [{ path, message }]));
  return (
    <div className="flex min-w-0 flex-col gap-5">
      <nav aria-label="Groups of options" className="flex flex-wrap gap-1">
        {groups.map(({ group, fields }) => {
          const changed = fields.filter(({ path }) => path in changes).length;
          return (
            <a
              key={group}
              href={`#${group}`}
              onClick={(event) => {
                // The address is the form's state and keeps no anchor.
                event.preventDefault();
                window.document.getElementById(group)?.scrollIntoView({ block: 'start' });
              }}
              className="inline-flex h-7 items-center gap-1.5 rounded-md border px-2 text-xs text-ink-2 hover:bg-hover hover:text-ink"
            >
              {groupName(group)}
              {changed > 0 ? <span className="rounded-full bg-accent-wash px-1.5 text-2xs text-accent-ink">{changed}</span> : null}
            </a>
          );
        })}
      </nav>
      {groups.map(({ group, fields }) => (
        <div key={group} id={group} className="scroll-mt-3">
          <Section title={groupName(group)}>
            <Panel className="grid gap-x-4 gap-y-5 p-4 sm:grid-cols-2 2xl:grid-cols-3">
              {fields.map((field) => {
                const { path } = field;
                const before = valueAt(base, path);
                const baseValue = before === undefined ? undefined : valueText(before);
                const message = issueFor(named, path);
                return (
                  <OptionField
                    key={path}
                    field={field}
                    value={changes[path] ?? valueText(valueAt(document, path))}
                    baseValue={baseValue}
                    changed={path in changes}
                    idle={idleReason(document, path)}
                    error={message === null ? null : fieldProblem(message, path, everyField)}
                    disabled={disabled}
                    onChange={(value) => onChange(path, value)}
                    onReset={() => onChange(path, baseValue ?? valueText(field.default))}
                  />
                );
              })}
            </Panel>
          </Section>
        </div>
      ))}
    </div>
  );
}
