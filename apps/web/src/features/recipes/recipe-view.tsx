import type { RecipeField } from '@plumbline/ml/recipes';
import { Tooltip } from '#web/components/ui/tooltip.tsx';
import { classes } from '#web/lib/classes.ts';
import { fieldsOf, valueAt, valueText } from './recipe-document.ts';
import { fieldHelp, fieldTitle, sectionName, sectionOrder, valueWords } from './recipe-words.ts';

/** The options that exist in this document, grouped; those of the localisation network only where the regime has one. */
export function sectionsOf(document: unknown): { section: string; fields: RecipeField[] }[] {
  const sections = new Map<string, RecipeField[]>(sectionOrder.map((section) => [section, []]));
  const normalised = valueAt(document, 'regime.kind') !== 'ae';
  for (const field of fieldsOf(document)) {
    if (field.path === 'name' || (field.section === 'orientation' && !normalised)) continue;
    sections.set(field.section, [...(sections.get(field.section) ?? []), field]);
  }
  return [...sections].flatMap(([section, fields]) => (fields.length > 0 ? [{ section, fields }] : []));
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
              const text = valueText(value);
              const words = valueWords(field, text);
              const differs = base !== undefined && valueText(valueAt(base, field.path)) !== text;
              return (
                <div key={field.path} className="flex min-h-6 items-baseline justify-between gap-3 text-xs">
                  <Tooltip content={fieldHelp(field)}>
                    <dt className="truncate text-ink-2">{fieldTitle(field)}</dt>
                  </Tooltip>
                  <dd
                    title={typeof value === 'string' ? `${field.path}: ${value}` : field.path}
                    className={classes(/^[-\d.e]+$/.test(words) && 'font-mono', 'text-right', differs && 'font-semibold text-accent-ink')}
                  >
                    {words}
                    {field.unit && value !== null ? <span className="text-ink-3"> {field.unit}</span> : null}
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
