'use client';

import { Images, Scale, X } from 'lucide-react';
import { useEffect } from 'react';
import { useProject } from '#web/components/frame/project-context.tsx';
import { ButtonLink, IconButton } from '#web/components/ui/button.tsx';
import { plural } from '#web/lib/numbers.ts';
import { loadColumns } from '#web/features/residuals/data/load-columns.ts';
import { MOST_EVALUATIONS } from '#web/features/residuals/view/view-state.ts';
import { togetherAddress } from '../together/address.ts';

interface SelectionBarProps {
  readonly chosen: readonly string[];
  /** `Evaluation.imagesUrl` of those of them that have results. */
  readonly addresses: readonly string[];
  readonly onClear: () => void;
}

/** What can be done with the chosen evaluations; nothing while none is. Their images are fetched meanwhile, so that they are there at the click. */
export function SelectionBar({ chosen, addresses, onClear }: SelectionBarProps) {
  const project = useProject();
  const key = addresses.join(' ');
  useEffect(() => {
    // The page that shows them says what is wrong.
    for (const address of key.split(' ').filter(Boolean)) loadColumns(address).catch(() => undefined);
  }, [key]);
  if (chosen.length === 0) return null;
  return (
    <div
      role="region"
      aria-label="Chosen evaluations"
      className="sticky bottom-2 z-20 flex items-center gap-2 self-center rounded-md border border-line-strong bg-raised py-1 pr-1 pl-3 shadow-float"
    >
      <span className="text-xs">
        <span className="sm:hidden">{chosen.length}</span>
        <span className="max-sm:hidden">{plural(chosen.length, 'evaluation')}</span> chosen
        {chosen.length >= MOST_EVALUATIONS ? <span className="text-ink-3">, as many as are looked at together</span> : null}
      </span>
      <ButtonLink tone="primary" size="small" href={togetherAddress(project.id, chosen)}>
        <Images /> Browse together
      </ButtonLink>
      <ButtonLink size="small" href={`/projects/${project.id}/compare/view?evaluations=${chosen.join(',')}`} aria-label="Compare in tables">
        <Scale /> Compare
      </ButtonLink>
      <IconButton label="Choose none" className="!size-7" onClick={onClear}>
        <X />
      </IconButton>
    </div>
  );
}
