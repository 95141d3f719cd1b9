'use client';

import { useState } from 'react';
import { Button } from '#web/components/ui/button.tsx';
import { Dialog } from '#web/components/ui/dialog.tsx';
import { count, plural } from '#web/lib/numbers.ts';
import type { ChosenFile } from './dropped-files.ts';
import {
  answerProblem,
  maskKinds,
  placedFiles,
  placeKinds,
  type LooseFiles,
  type LooseGroup,
  type PlaceAnswer,
  type PlaceKind,
} from './loose-files.ts';
import { KnownDefects, PlaceField } from './place-field.tsx';

interface PlaceDialogProps {
  readonly files: readonly ChosenFile[];
  readonly loose: LooseFiles;
  /** Defects that the dataset has already. */
  readonly defects: readonly string[];
  /** What to send; null when the person thought better of it. */
  readonly onDone: (files: readonly ChosenFile[] | null) => void;
}

/** Asks what images are whose folders do not tell, one answer a folder. */
export function PlaceDialog({ files, loose, defects, onDone }: PlaceDialogProps) {
  const { groups } = loose;
  const [answers, setAnswers] = useState<readonly PlaceAnswer[]>(() => groups.map(({ suggested }) => suggested));
  const [tried, setTried] = useState(false);
  const change = (index: number, next: Partial<PlaceAnswer>) =>
    setAnswers((now) => now.map((answer, i) => (i === index ? { ...answer, ...next } : answer)));
  const sent = placedFiles(files, loose, answers);
  const submit = () => {
    setTried(true);
    if (answers.every((answer) => answerProblem(answer) === null)) onDone(sent);
  };
  const number = groups.reduce((sum, group) => sum + group.files.length, 0);
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => (open ? undefined : onDone(null))}
      title="What are these images?"
      description={descriptionOf(loose.kind, number)}
      footer={
        <>
          <Button onClick={() => onDone(null)}>Cancel</Button>
          <Button tone="primary" disabled={sent.length === 0} onClick={submit}>
            Upload {plural(sent.length, 'file')}
          </Button>
        </>
      }
    >
      <KnownDefects defects={defects} />
      <p className="mb-1 text-xs text-ink-2" role="status">
        {outcomeOf(sent)}
      </p>
      <ul className="flex flex-col divide-y divide-line">
        {groups.map((group, index) => {
          const answer = answers[index] ?? { kind: 'leave', defect: '' };
          const title = titleOf(group);
          const kinds: readonly PlaceKind[] = group.masks ? maskKinds : placeKinds;
          return (
            <li key={title} className="grid gap-x-4 gap-y-2 py-3 sm:grid-cols-[minmax(0,1fr)_15rem]">
              <div className="min-w-0">
                <p className="font-medium break-words">{title}</p>
                <p className="truncate text-xs text-ink-2">
                  {plural(group.files.length, 'file')}:{' '}
                  {group.files
                    .map(({ file }) => file.name)
                    .slice(0, 3)
                    .join(', ')}
                  {group.files.length > 3 ? ', …' : ''}
                </p>
                {group.masks && group.suggested.kind === 'leave' ? (
                  <p className="text-xs text-ink-3">
                    No image has their names: a mask is named like its image, with _mask or in a folder masks.
                  </p>
                ) : null}
              </div>
              <PlaceField
                of={title}
                kinds={kinds}
                answer={answer}
                tried={tried}
                onChange={(next) => change(index, next)}
                onSubmit={submit}
              />
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}

function titleOf({ folder, masks, masked, suggested }: LooseGroup): string {
  const what = masks ? (suggested.kind === 'leave' ? 'Masks of no image' : 'Masks') : 'Images';
  const which = masked === null ? '' : masked ? ' with a mask' : ' without a mask';
  return `${what}${which}${folder === '' ? '' : ` in ${folder}`}`;
}

function descriptionOf(kind: LooseFiles['kind'], number: number): string {
  if (kind === 'pairs') return 'Images and masks of the same names were found. Is this what they are?';
  if (kind === 'folders') return 'Folders of good and of other images were found. Is this what they are?';
  return `No folder tells what ${number === 1 ? 'this image is' : `these ${plural(number, 'image')} are`} (train/good, test/<defect>), so say it here.`;
}

/** What the dataset gets of what is sent, in one line. */
function outcomeOf(sent: readonly ChosenFile[]): string {
  const counts = new Map<string, number>();
  let masks = 0;
  for (const { place } of sent) {
    if (!place) continue;
    const key = `${place.split}/${place.label || '…'}`;
    if (place.mask) masks += 1;
    else counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const parts = [...counts].map(([place, number]) => `${count(number)} to ${place}`);
  if (masks > 0) parts.push(plural(masks, 'mask'));
  return parts.length === 0 ? 'None of these is uploaded.' : parts.join(' · ');
}
