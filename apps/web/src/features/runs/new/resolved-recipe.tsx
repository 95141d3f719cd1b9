import { HashChip } from '#web/components/ui/copy.tsx';
import { Panel, Section } from '#web/components/ui/page.tsx';
import { Skeleton } from '#web/components/ui/skeleton.tsx';
import { RecipeView } from '#web/features/recipes/recipe-view.tsx';
import { classes } from '#web/lib/classes.ts';
import { compact } from '#web/lib/numbers.ts';
import type { RecipePreview } from './use-recipe-preview.ts';

/** The recipe that will train, every default filled in: its hash, its size, and what differs from the catalogue's. */
export function ResolvedRecipe({ preview, base }: { preview: RecipePreview; base: { readonly name: string; readonly document: unknown } }) {
  return (
    <Section title="The full recipe" className="lg:sticky lg:top-5 lg:self-start">
      <Panel className="p-4">
        <div className="mb-3 flex items-center justify-between gap-2 text-xs">
          {preview.hash ? (
            <span className={classes('flex items-center gap-2', preview.pending && 'opacity-50')}>
              <HashChip hash={preview.hash} label="recipe hash" />
              {preview.parameters === null ? null : (
                <span className="text-ink-2">{compact(preview.parameters)} weights in the autoencoder</span>
              )}
            </span>
          ) : preview.problem ? (
            <span className="text-bad">{preview.problem}</span>
          ) : (
            <Skeleton className="h-5 w-40" />
          )}
        </div>
        <RecipeView
          document={preview.document ?? base.document}
          base={base.document}
          className={classes(preview.problem && 'opacity-50')}
        />
        <p className="mt-3 text-xs text-ink-3">
          Coloured values differ from <span className="font-mono">{base.name}</span>.
        </p>
      </Panel>
    </Section>
  );
}
