'use client';

import { useState } from 'react';
import { Button } from '#web/components/ui/button.tsx';
import { Dialog } from '#web/components/ui/dialog.tsx';
import { Input } from '#web/components/ui/field.tsx';
import { Select } from '#web/components/ui/select.tsx';
import { plural } from '#web/lib/numbers.ts';
import type { ChosenFile } from './dropped-files.ts';
import {
  answerProblem,
  placedFiles,
  placeKinds,
  suggestedAnswers,
  type LooseGroup,
  type PlaceAnswer,
  type PlaceKind,
} from './loose-files.ts';

const words: Readonly<Record<PlaceKind, { name: string; detail: string }>> = {
  train: { name: 'Good, to learn from', detail: 'train/good' },
  test: { name: 'Good, to test with', detail: 'test/good' },
  defect: { name: 'Defective, to test with', detail: 'test/<defect>' },
  validation: { name: 'Good, to set thresholds with', detail: 'validation/good' },
  leave: { name: 'Leave out', detail: 'not uploaded' },
};

interface PlaceDialogProps {
  readonly files: readonly ChosenFile[];
  readonly groups: readonly LooseGroup[];
  /** Defects that the dataset has already. */
  readonly defects: readonly string[];
  /** What to send; null when the person thought better of it. */
  readonly onDone: (files: readonly ChosenFile[] | null) => void;
}

/** Asks what images are whose folders do not tell, one answer a folder. */
export function PlaceDialog({ files, groups, defects, onDone }: PlaceDialogProps) {
  const [answers, setAnswers] = useState<readonly PlaceAnswer[]>(() => suggestedAnswers(groups));
  const [tried, setTried] = useState(false);
  const change = (index: number, next: Partial<PlaceAnswer>) =>
    setAnswers((now) => now.map((answer, i) => (i === index ? { ...answer, ...next } : answer)));
  const sent = placedFiles(files, groups, answers);
  const submit = () => {
    setTried(true);
    if (answers.every((answer) => answerProblem(answer) === null)) onDone(sent);
  };
  const loose = groups.reduce((sum, group) => sum + group.files.length, 0);
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => (open ? undefined : onDone(null))}
      title="What are these images?"
      description={`No folder tells what ${loose === 1 ? 'this image is' : `these ${plural(loose, 'image')} are`} (train/good, test/<defect>), so say it here.`}
      footer={
        <>
          <Button onClick={() => onDone(null)}>Cancel</Button>
          <Button tone="primary" disabled={sent.length === 0} onClick={submit}>
            Upload {plural(sent.length, 'file')}
          </Button>
        </>
      }
    >
      <datalist id="known-defects">
        {defects.map((defect) => (
          <option key={defect} value={defect} />
        ))}
      </datalist>
      <ul className="flex flex-col divide-y divide-line">
        {groups.map((group, index) => {
          const answer = answers[index] ?? { kind: 'leave', defect: '' };
          const problem = answerProblem(answer);
          const title = `${group.masks ? 'Masks' : 'Images'}${group.folder === '' ? '' : ` in ${group.folder}`}`;
          return (
            <li key={`${group.folder} ${String(group.masks)}`} className="grid gap-x-4 gap-y-2 py-3 sm:grid-cols-[minmax(0,1fr)_15rem]">
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
                {group.masks ? (
                  <p className="text-xs text-ink-3">A mask is found by its folder: ground_truth/&lt;defect&gt;/&lt;image&gt;_mask.png.</p>
                ) : null}
              </div>
              <div className="flex flex-col gap-1.5">
                <Select
                  label={`What ${title.toLowerCase()} are`}
                  value={answer.kind}
                  onValueChange={(kind) => change(index, { kind: placeKinds.find((one) => one === kind) ?? 'leave' })}
                  options={placeKinds.map((kind) => ({ value: kind, label: words[kind].name, detail: words[kind].detail }))}
                />
                {answer.kind === 'defect' ? (
                  <>
                    <Input
                      aria-label={`Defect of ${title.toLowerCase()}`}
                      aria-invalid={tried && problem ? true : undefined}
                      placeholder="Name of the defect, e.g. scratch"
                      value={answer.defect}
                      maxLength={80}
                      list="known-defects"
                      autoComplete="off"
                      onChange={(event) => change(index, { defect: event.target.value })}
                      onKeyDown={(event) => (event.key === 'Enter' ? submit() : undefined)}
                    />
                    {tried && problem ? (
                      <p role="alert" className="text-xs text-bad">
                        {problem}
                      </p>
                    ) : null}
                  </>
                ) : null}
              </div>
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}
