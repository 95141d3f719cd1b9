import { describeRecipe, type RecipeField } from '@plumbline/ml/recipes';
import { Tooltip } from '#web/components/ui/tooltip.tsx';
import { classes } from '#web/lib/classes.ts';
import { valueAt, valueText } from './recipe-document.ts';

const sectionNames: Record<string, string> = {
  recipe: 'General',
  geometry: 'Geometry',
  data: 'Data',
  augmentation: 'Augmentation',
  model: 'Model',
  loss: 'Loss',
  regime: 'Regime',
  training: 'Training',
  residual: 'Residual',
};

export function sectionName(section: string): string {
  return sectionNames[section] ?? section;
}

/** The options that exist in this document (those of the other geometry do not), grouped in the schema's order. */
export function sectionsOf(document: unknown): { section: string; fields: RecipeField[] }[] {
  const sections = new Map<string, RecipeField[]>([['recipe', []]]);
  for (const field of describeRecipe()) {
    if (field.path === 'name' || (field.when && valueAt(document, field.when.option) !== field.when.value)) continue;
    sections.set(field.section, [...(sections.get(field.section) ?? []), field]);
  }
  return [...sections].map(([section, fields]) => ({ section, fields }));
}

/** Every option of a recipe with its meaning on hover; what differs from `base` is marked. */
export function RecipeView({ document, base, className }: { document: unknown; base?: unknown; className?: string }) {
  return (
    <div className={classes('grid gap-x-8 gap-y-4', className)}>
      {sectionsOf(document).map(({ section, fields }) => (
        <section key={section} className="min-w-0 break-inside-avoid">
          <h3 className="border-b pb-1 text-xs font-semibold">{sectionName(section)}</h3>
          <dl className="pt-1">
            {fields.map((field) => {
              const value = valueAt(document, field.path);
              const differs = base !== undefined && valueText(valueAt(base, field.path)) !== valueText(value);
              return (
                <div key={field.path} className="flex min-h-6 items-baseline justify-between gap-3 text-xs">
                  <Tooltip content={field.help}>
                    <dt className="truncate text-ink-2">{field.title}</dt>
                  </Tooltip>
                  <dd className={classes('font-mono whitespace-nowrap', differs && 'font-semibold text-accent-ink')}>
                    {value === null ? 'auto' : valueText(value)}
                    {field.unit ? <span className="text-ink-3"> {field.unit}</span> : null}
                  </dd>
                </div>
              );
            })}
          </dl>
        </section>
      ))}
    </div>
  );
}
