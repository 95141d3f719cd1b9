'use client';

import { Images } from 'lucide-react';
import { useProject } from '#web/components/frame/project-context.tsx';
import { ButtonLink } from '#web/components/ui/button.tsx';
import { togetherAddress } from '#web/features/evaluation/together/address.ts';
import { MOST_EVALUATIONS } from '#web/features/residuals/view/view-state.ts';
import type { ExperimentRunFragment } from '#web/graphql/generated/graphql.ts';
import type { MatrixBlock } from './cells.ts';
import { ownEvaluation } from './own-evaluation.ts';

/** Leads to the images of a dataset version under every variant: of each the first seed that is evaluated. Nothing before there is one. */
export function ImagesTogether({ block }: { block: MatrixBlock<ExperimentRunFragment> }) {
  const project = useProject();
  const ids = block.rows.flatMap(({ bySeed }) => {
    const done = [...bySeed.values()]
      .flatMap(({ run }) => ownEvaluation(run.evaluations) ?? [])
      .filter(({ state }) => state === 'succeeded');
    return done[0]?.id ?? [];
  });
  if (ids.length === 0) return null;
  return (
    <ButtonLink
      href={togetherAddress(project.id, ids.slice(0, MOST_EVALUATIONS))}
      title={ids.length > MOST_EVALUATIONS ? `The first ${MOST_EVALUATIONS} variants; others can be taken in there` : undefined}
    >
      <Images /> Browse images
    </ButtonLink>
  );
}
