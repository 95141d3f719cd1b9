'use client';

import { useQuery } from '@apollo/client/react';
import { CATALOGUE } from '@plumbline/ml/recipes';
import { useProject } from '#web/components/frame/project-context.tsx';
import { Field } from '#web/components/ui/field.tsx';
import { Select } from '#web/components/ui/select.tsx';
import { nodes } from '#web/graphql/nodes.ts';
import { relativeTime } from '#web/lib/time.ts';
import { useNow } from '#web/lib/use-now.ts';
import { recipeSourcesDocument } from './documents.ts';
import type { RecipeSource } from './recipe-source.ts';

export interface SourceSelectProps {
  readonly label: string;
  readonly value: string;
  /** The recipe that `value` names, when it is known; shown even where the list does not reach it. */
  readonly source: RecipeSource | null;
  readonly onValueChange: (key: string) => void;
  readonly className?: string;
}

/** A recipe of the catalogue, a variant or a finished run. */
export function SourceSelect({ label, value, source, onValueChange, className }: SourceSelectProps) {
  const project = useProject();
  const now = useNow(60_000);
  const { data } = useQuery(recipeSourcesDocument, { variables: { projectId: project.id } });
  const options = [
    ...nodes(data?.project?.variantPage).map(({ id, name }) => ({ value: id, label: name, detail: 'variant' })),
    ...nodes(data?.project?.trainingRuns).map(({ id, seed, variant, finishedAt }) => ({
      value: id,
      label: `${variant.name}, seed ${seed}`,
      detail: `run${finishedAt ? `, finished ${relativeTime(finishedAt, now)}` : ''}`,
    })),
    ...CATALOGUE.map(({ name }) => ({ value: name, label: name, detail: 'catalogue' })),
  ];
  if (source && !options.some((option) => option.value === source.key))
    options.unshift({ value: source.key, label: source.title, detail: source.kind });
  return (
    <Field label={label} {...(className ? { className } : {})}>
      {(control) => <Select {...control} value={value} onValueChange={onValueChange} options={options} placeholder="Choose a recipe" />}
    </Field>
  );
}
