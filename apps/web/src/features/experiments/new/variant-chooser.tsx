'use client';

import { Pencil, Plus } from 'lucide-react';
import { Button } from '#web/components/ui/button.tsx';
import { Menu, MenuItem, MenuLabel } from '#web/components/ui/menu.tsx';
import { Section } from '#web/components/ui/page.tsx';
import type { PlannableQuery, RecipeCatalogueQuery } from '#web/graphql/generated/graphql.ts';
import { CheckList } from './check-list.tsx';
import { changedFrom, type PlanVariant, type RecipeVariant } from './plan.ts';
import { RecipeVariantForm } from './recipe-variant.tsx';

export interface VariantChooserProps {
  readonly known: NonNullable<PlannableQuery['project']>['variants'];
  readonly catalogue: RecipeCatalogueQuery['recipeCatalogue'];
  readonly variants: readonly PlanVariant[];
  readonly issues: Readonly<Record<string, string>>;
  readonly onChange: (next: (variants: readonly PlanVariant[]) => readonly PlanVariant[]) => void;
}

/** Variants that the project has, and new ones: a recipe of the catalogue, or a change of a known one. */
export function VariantChooser({ known, catalogue, variants, issues, onChange }: VariantChooserProps) {
  const indexOf = (id: string) => variants.findIndex((one) => one.kind === 'known' && one.id === id);
  const freeName = (wanted: string, among: readonly PlanVariant[]) => {
    const taken = new Set([...known.map(({ name }) => name), ...among.map((one) => (one.kind === 'recipe' ? one.name : ''))]);
    if (!taken.has(wanted)) return wanted;
    for (let number = 2; ; number += 1) if (!taken.has(`${wanted} ${number}`)) return `${wanted} ${number}`;
  };
  const add = (variant: RecipeVariant) => onChange((now) => [...now, { ...variant, name: freeName(variant.name, now) }]);
  const issueOf = (index: number) => issues[`variants.${index}`] ?? issues[`variants.${index}.variantId`];
  const optionIssues = (index: number) => {
    const prefix = `variants.${index}.recipe.`;
    return Object.entries(issues).flatMap(([path, message]) =>
      path.startsWith(prefix) ? [{ path: path.slice(prefix.length), message }] : [],
    );
  };
  return (
    <Section
      title="Variants"
      actions={
        <Menu
          align="end"
          trigger={
            <Button size="small">
              <Plus /> From a recipe
            </Button>
          }
        >
          <MenuLabel>Recipes of the catalogue</MenuLabel>
          {catalogue.map(({ name, summary }) => (
            <MenuItem key={name} onSelect={() => add({ kind: 'recipe', base: name, changes: '', name })}>
              <span className="flex max-w-80 flex-col py-1">
                <span>{name}</span>
                <span className="text-xs text-ink-3">{summary}</span>
              </span>
            </MenuItem>
          ))}
        </Menu>
      }
    >
      {issues['variants'] ? (
        <p role="alert" className="text-xs text-bad">
          {issues['variants']}
        </p>
      ) : null}
      {known.length > 0 ? (
        <CheckList
          label="Variants of the project"
          rows={known.map((variant) => ({
            id: variant.id,
            name: variant.name,
            detail: `recipe ${variant.recipe.name}, ${variant.recipe.hash.slice(0, 8)}`,
            checked: indexOf(variant.id) >= 0,
            error: issueOf(indexOf(variant.id)),
            action: (
              <Button size="small" tone="quiet" aria-label={`Change a copy of ${variant.name}`} onClick={() => add(changedFrom(variant))}>
                <Pencil /> Change
              </Button>
            ),
          }))}
          onToggle={(id, checked) =>
            onChange((now) => {
              const others = now.filter((one) => one.kind !== 'known' || one.id !== id);
              return checked ? [...others, { kind: 'known', id }] : others;
            })
          }
        />
      ) : (
        <p className="text-ink-2">The project has no variant yet; begin with a recipe of the catalogue.</p>
      )}
      {variants.map((variant, index) =>
        variant.kind === 'recipe' ? (
          <RecipeVariantForm
            key={index}
            variant={variant}
            document={catalogue.find(({ name }) => name === variant.base)?.document}
            nameError={variant.name.trim() === '' ? 'Give the variant a name.' : issues[`variants.${index}.name`]}
            issues={optionIssues(index)}
            onChange={(next) => onChange((now) => now.map((one, at) => (at === index && one.kind === 'recipe' ? next(one) : one)))}
            onRemove={() => onChange((now) => now.filter((_, at) => at !== index))}
          />
        ) : null,
      )}
    </Section>
  );
}
