'use client';

import { useQuery } from '@apollo/client/react';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useProject } from '#web/components/frame/project-context.tsx';
import { Button } from '#web/components/ui/button.tsx';
import { Dialog } from '#web/components/ui/dialog.tsx';
import { Input } from '#web/components/ui/field.tsx';
import { ShowMore } from '#web/components/ui/show-more.tsx';
import { Skeleton } from '#web/components/ui/skeleton.tsx';
import { ErrorState } from '#web/components/ui/state.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import { nodes } from '#web/graphql/nodes.ts';
import { plural } from '#web/lib/numbers.ts';
import { MOST_EVALUATIONS } from '#web/features/residuals/view/view-state.ts';
import { protocolWords } from '../data/protocol-words.ts';
import { finishedEvaluationsDocument } from './documents.ts';
import { detailOf } from './shown.ts';

interface EvaluationPickerProps {
  /** Those that are looked at now. */
  readonly chosen: readonly string[];
  readonly onChoose: (ids: readonly string[]) => void;
  readonly primary?: boolean;
}

/** A button that opens the project's finished evaluations, to take some in or out. */
export function EvaluationPicker({ chosen, onChoose, primary }: EvaluationPickerProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button tone={primary ? 'primary' : 'plain'} onClick={() => setOpen(true)}>
        <Plus /> {primary ? 'Choose evaluations' : 'Add'}
      </Button>
      {open ? (
        <PickerDialog
          chosen={chosen}
          onClose={() => setOpen(false)}
          onChoose={(ids) => {
            setOpen(false);
            onChoose(ids);
          }}
        />
      ) : null}
    </>
  );
}

function PickerDialog({ chosen, onClose, onChoose }: Omit<EvaluationPickerProps, 'primary'> & { readonly onClose: () => void }) {
  const project = useProject();
  const [ids, setIds] = useState(chosen);
  const [text, setText] = useState('');
  const { data, error, loading, refetch, fetchMore } = useQuery(finishedEvaluationsDocument, { variables: { projectId: project.id } });
  const connection = data?.project?.evaluations;
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const listed = (connection ? nodes(connection) : [])
    .map((one) => ({ ...one, detail: detailOf(one, true), words: protocolWords(one.protocol) }))
    .filter((one) => words.every((word) => `${one.run.variant.name} ${one.detail} ${one.words}`.toLowerCase().includes(word)));
  const full = ids.length >= MOST_EVALUATIONS;
  const toggle = (id: string): void => setIds(ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]);
  return (
    <Dialog
      open
      wide
      onOpenChange={(next) => (next ? undefined : onClose())}
      title="Evaluations to look at together"
      description={
        full
          ? `At most ${MOST_EVALUATIONS} evaluations are looked at together: take one out to take another in.`
          : `Up to ${MOST_EVALUATIONS}; images are joined where evaluations measured the same ones.`
      }
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" disabled={ids.length === 0} onClick={() => onChoose(ids)}>
            Look at {plural(ids.length, 'evaluation')}
          </Button>
        </>
      }
    >
      <Input
        type="search"
        aria-label="Find an evaluation"
        placeholder="Variant, dataset, seed, protocol"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {error && !connection ? (
        <ErrorState className="mt-2" reason={sentenceOf(error)} onRetry={() => void refetch()} />
      ) : !connection ? (
        <div aria-busy="true" className="mt-2 flex flex-col gap-1">
          {Array.from({ length: 5 }, (_, at) => (
            <Skeleton key={at} className="h-10" />
          ))}
        </div>
      ) : (
        <ul aria-label="Finished evaluations" className="mt-2 flex flex-col">
          {listed.map((one) => (
            <li key={one.id} className="border-b last:border-b-0">
              <label className="flex min-h-10 cursor-pointer items-center gap-3 px-1 py-1 hover:bg-hover has-disabled:opacity-50">
                <input
                  type="checkbox"
                  className="size-4 accent-accent-fill"
                  checked={ids.includes(one.id)}
                  disabled={full && !ids.includes(one.id)}
                  onChange={() => toggle(one.id)}
                />
                <span className="min-w-0 flex-1">
                  <span className="font-medium">{one.run.variant.name}</span> <span className="text-ink-2">{one.detail}</span>
                  <span className="block truncate text-2xs text-ink-3">{one.words}</span>
                </span>
              </label>
            </li>
          ))}
          {listed.length === 0 ? (
            <li className="py-4 text-center text-ink-3">{text ? 'No evaluation has these words.' : 'No evaluation has finished yet.'}</li>
          ) : null}
        </ul>
      )}
      <ShowMore connection={connection} busy={loading} onMore={(after) => fetchMore({ variables: { after } })} />
    </Dialog>
  );
}
