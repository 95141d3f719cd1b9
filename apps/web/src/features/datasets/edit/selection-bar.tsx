'use client';

import { RotateCcw, Tag, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import { useShortcuts } from '#web/components/frame/shortcuts.tsx';
import { Button, IconButton } from '#web/components/ui/button.tsx';
import { Dialog } from '#web/components/ui/dialog.tsx';
import { TextField } from '#web/components/ui/field.tsx';
import { Menu, MenuItem } from '#web/components/ui/menu.tsx';
import type { EditByHandInput, Split } from '#web/graphql/generated/graphql.ts';
import { count, plural } from '#web/lib/numbers.ts';
import { answerProblem } from '../upload/loose-files.ts';
import { chosenCount, type Selection } from './selection.ts';
import { useImageEdit } from './use-image-edit.ts';

export interface SelectionBarProps {
  readonly datasetId: string;
  readonly selection: Selection;
  readonly total: number;
  readonly filter: { readonly split: Split | null; readonly label: string | null };
  /** Deleted images are shown: they can be restored. */
  readonly deleted: boolean;
  readonly labels: readonly string[];
  readonly onEvery: () => void;
  readonly onClear: () => void;
}

/** What can be done with the images that are chosen. Each act can be undone from its message. */
export function SelectionBar({ datasetId, selection, total, filter, deleted, labels, onEvery, onClear }: SelectionBarProps) {
  const { edit, busy } = useImageEdit(datasetId);
  const [labelling, setLabelling] = useState(false);
  const number = chosenCount(selection, total);
  const meant = selection.every ? { every: filter } : { imageIds: [...selection.ids] };
  const act = async (change: Omit<EditByHandInput, 'every' | 'imageIds'>) => {
    const done = await edit({ byHand: { ...meant, ...change } });
    if (done) onClear();
    return done;
  };
  useShortcuts('Chosen images', [
    { keys: 'Delete', does: 'Delete the chosen images', run: () => void (deleted || busy ? undefined : act({ deleted: true })) },
  ]);
  return (
    <div
      role="toolbar"
      aria-label="Chosen images"
      className="flex flex-wrap items-center gap-2 rounded-md border border-accent bg-panel px-3 py-2"
    >
      <span className="text-xs font-medium">{plural(number, 'image')} chosen</span>
      {number < total ? (
        <Button size="small" tone="quiet" onClick={onEvery}>
          Choose all {count(total)}
        </Button>
      ) : null}
      <span className="flex-1" />
      {deleted ? (
        <Button size="small" busy={busy} onClick={() => void act({ deleted: false })}>
          <RotateCcw /> Restore
        </Button>
      ) : (
        <>
          <Menu
            align="end"
            trigger={
              <Button size="small" busy={busy}>
                Move to …
              </Button>
            }
          >
            {(['train', 'validation', 'test'] as const).map((split) => (
              <MenuItem key={split} onSelect={() => void act({ split })}>
                {split}
              </MenuItem>
            ))}
          </Menu>
          <Button size="small" busy={busy} onClick={() => setLabelling(true)}>
            <Tag /> Label …
          </Button>
          <Button size="small" tone="danger" busy={busy} onClick={() => void act({ deleted: true })}>
            <Trash2 /> Delete
          </Button>
        </>
      )}
      <IconButton label="Choose none" onClick={onClear}>
        <X />
      </IconButton>
      {labelling ? (
        <LabelDialog
          number={number}
          labels={labels}
          busy={busy}
          onClose={() => setLabelling(false)}
          onLabel={async (label) => {
            if (await act({ label })) setLabelling(false);
          }}
        />
      ) : null}
    </div>
  );
}

interface LabelDialogProps {
  readonly number: number;
  readonly labels: readonly string[];
  readonly busy: boolean;
  readonly onClose: () => void;
  readonly onLabel: (label: string) => Promise<void>;
}

function LabelDialog({ number, labels, busy, onClose, onLabel }: LabelDialogProps) {
  const [label, setLabel] = useState('');
  const [tried, setTried] = useState(false);
  const problem = label.trim() === 'good' ? null : answerProblem({ kind: 'defect', defect: label });
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`Label ${plural(number, 'image')}`}
      description="“good”, or the name of the defect that they show. Defective images go to test; good ones lose their mask."
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (!problem) void onLabel(label.trim());
        }}
      >
        <datalist id="labels-of-dataset">
          {['good', ...labels].map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
        <TextField
          label="Label"
          value={label}
          list="labels-of-dataset"
          maxLength={80}
          autoFocus
          autoComplete="off"
          error={tried ? problem : null}
          onChange={(event) => setLabel(event.target.value)}
        />
        <div className="flex justify-end">
          <Button tone="primary" type="submit" busy={busy}>
            Label
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
