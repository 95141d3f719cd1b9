import type { RecipeField } from '@plumbline/ml/recipes';
import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Section } from '#web/components/ui/page.tsx';
import { fieldTitle, sectionName, valueWords } from '#web/features/recipes/recipe-words.ts';

/** The settings most people look at; the others are one click away. */
export const mainPaths = [
  'training.epochs',
  'data.trainPatches',
  'model.latent',
  'training.batch',
  'training.learningRate',
  'augmentation.rotation.degrees',
];

export interface AllSettingsProps {
  readonly sections: readonly { readonly section: string; readonly fields: readonly RecipeField[] }[];
  readonly shown: (path: string) => string;
  /** What is wrong with an option, or null. */
  readonly problem: (path: string) => string | null;
  readonly control: (path: string) => ReactNode;
}

/** Every other setting, folded by section with its values in the fold; a section with an error is open. */
export function AllSettings({ sections, shown, problem, control }: AllSettingsProps) {
  return (
    <Section title="All settings">
      <div className="rounded-md border bg-panel">
        {sections.map(({ section, fields }) => {
          const rest = fields.filter((field) => !mainPaths.includes(field.path) && (field.choices === null || field.choices.length > 1));
          if (rest.length === 0) return null;
          const wrong = rest.some((field) => problem(field.path) !== null);
          const summary = rest.map((field) => `${fieldTitle(field)} ${valueWords(field, shown(field.path))}`).join(' · ');
          return (
            <details key={section} open={wrong || undefined} className="group border-b last:border-b-0">
              <summary className="flex h-10 cursor-pointer list-none items-center gap-2 px-3 hover:bg-hover">
                <ChevronRight className="size-4 text-ink-3 transition-transform group-open:rotate-90" />
                <span className="font-medium">{sectionName(section)}</span>
                <span className="min-w-0 flex-1 truncate text-right text-xs text-ink-3">{summary}</span>
              </summary>
              <div className="grid gap-4 px-4 pt-2 pb-4 sm:grid-cols-2 xl:grid-cols-3">{rest.map((field) => control(field.path))}</div>
            </details>
          );
        })}
      </div>
    </Section>
  );
}
