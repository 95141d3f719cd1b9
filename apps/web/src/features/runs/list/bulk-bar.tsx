'use client';

import { useMutation } from '@apollo/client/react';
import { ArrowUpDown, Pause, Play, RotateCcw, Square, X } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { Button, IconButton } from '#web/components/ui/button.tsx';
import { ConfirmDialog } from '#web/components/ui/dialog.tsx';
import { Menu, MenuItem, MenuLabel } from '#web/components/ui/menu.tsx';
import { useShortcuts } from '#web/components/frame/shortcuts.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import type { TrainingAct } from '#web/graphql/generated/graphql.ts';
import { plural } from '#web/lib/numbers.ts';
import { namedPriorities } from '../priority-words.ts';
import { possibleActs } from '../run-acts.ts';
import { controlTrainingsDocument } from './list-documents.ts';
import type { ListedRun } from './listed-run.ts';
import { told } from './told.ts';

export interface BulkBarProps {
  readonly runs: readonly ListedRun[];
  readonly onDone: () => void;
  readonly onClear: () => void;
}

/** What can be done with the runs that are chosen: each act with those of them that their state allows it. */
export function BulkBar({ runs, onDone, onClear }: BulkBarProps) {
  const [control, { loading }] = useMutation(controlTrainingsDocument);
  const [confirming, setConfirming] = useState(false);
  const allowed = (act: Exclude<keyof ReturnType<typeof possibleActs>, 'goOn'>) =>
    runs.filter((run) => possibleActs({ ...run, checkpoints: [] })[act]).map(({ id }) => id);
  const ids = {
    cancel: allowed('cancel'),
    pause: allowed('pause'),
    resume: allowed('resume'),
    retry: allowed('retry'),
    prioritise: allowed('prioritise'),
  } satisfies Record<TrainingAct, string[]>;

  async function act(name: TrainingAct, priority?: number) {
    try {
      const { data } = await control({ variables: { input: { ids: ids[name], act: name, priority: priority ?? null } } });
      const result = data?.controlTrainings;
      if (result?.__typename !== 'ControlTrainingsSuccess') {
        toast.error('Nothing was done.', { description: sentenceOf(result) });
        return;
      }
      const { done, problem } = told(name, result.outcomes);
      if (problem) toast.warning(done, { description: problem });
      else toast(done);
      setConfirming(false);
      onDone();
    } catch (failure) {
      toast.error('Nothing was done.', { description: sentenceOf(failure) });
    }
  }

  useShortcuts('Chosen runs', [{ keys: 'Escape', does: 'Choose none', run: onClear }]);
  const button = (name: TrainingAct, icon: React.ReactNode, word: string, perform: () => void = () => void act(name)) => (
    <Button size="small" tone={name === 'cancel' ? 'danger' : 'plain'} disabled={loading || ids[name].length === 0} onClick={perform}>
      {icon} {word}
      {ids[name].length > 0 && ids[name].length < runs.length ? ` ${ids[name].length}` : ''}
    </Button>
  );
  return (
    <div
      role="toolbar"
      aria-label="Chosen runs"
      className="sticky top-0 z-20 flex flex-wrap items-center gap-2 rounded-md border border-accent bg-panel px-3 py-2"
    >
      <span className="text-xs font-medium" role="status">
        {plural(runs.length, 'run')} chosen
      </span>
      <span className="flex-1" />
      {button('pause', <Pause />, 'Pause')}
      {button('resume', <Play />, 'Resume')}
      {button('retry', <RotateCcw />, 'Retry')}
      <Menu
        align="end"
        trigger={
          <Button size="small" disabled={loading || ids.prioritise.length === 0}>
            <ArrowUpDown /> Priority
          </Button>
        }
      >
        <MenuLabel>Higher ones are taken first</MenuLabel>
        {namedPriorities.map(({ value, name }) => (
          <MenuItem key={value} onSelect={() => void act('prioritise', value)}>
            {name}
          </MenuItem>
        ))}
      </Menu>
      {button('cancel', <Square />, 'Cancel …', () => setConfirming(true))}
      <IconButton label="Choose none" onClick={onClear}>
        <X />
      </IconButton>
      <ConfirmDialog
        open={confirming}
        onOpenChange={setConfirming}
        title={`Cancel ${plural(ids.cancel.length, 'training')}?`}
        description="Their curves stay; they cannot be taken up again. To take them up later, pause them instead."
        action={`Cancel ${plural(ids.cancel.length, 'training')}`}
        busy={loading}
        onConfirm={() => void act('cancel')}
      />
    </div>
  );
}
