'use client';

import { useState } from 'react';
import { Button } from '#web/components/ui/button.tsx';
import { Dialog } from '#web/components/ui/dialog.tsx';
import { count, plural } from '#web/lib/numbers.ts';
import type { ArchiveOutline, ChosenArchive } from './archive-outline.ts';
import type { ChosenFile } from './dropped-files.ts';
import { answerProblem, placeKinds, placeOf, type PlaceAnswer } from './loose-files.ts';
import { KnownDefects, PlaceField } from './place-field.tsx';

interface ArchiveDialogProps {
  readonly archives: readonly ChosenArchive[];
  /** Defects that the dataset has already. */
  readonly defects: readonly string[];
  /** The archives to send, with what was said of their images; null when the person thought better of it. */
  readonly onDone: (archives: readonly ChosenFile[] | null) => void;
}

/** Shows what archives hold before they are sent, and asks about images that no folder in them tells of. */
export function ArchiveDialog({ archives, defects, onDone }: ArchiveDialogProps) {
  const [answers, setAnswers] = useState<ReadonlyMap<ChosenArchive, PlaceAnswer>>(new Map());
  const [tried, setTried] = useState(false);
  const answerOf = (archive: ChosenArchive): PlaceAnswer => answers.get(archive) ?? { kind: 'train', defect: '' };
  const readable = archives.filter(({ outline }) => outline && imagesOf(outline) > 0);
  const submit = () => {
    setTried(true);
    if (readable.some((archive) => asks(archive) && answerProblem(answerOf(archive)) !== null)) return;
    onDone(
      readable.map((archive) => {
        const place = asks(archive) ? placeOf(answerOf(archive)) : null;
        return place ? { ...archive.chosen, place } : archive.chosen;
      }),
    );
  };
  const single = archives.length === 1 ? archives[0] : undefined;
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => (open ? undefined : onDone(null))}
      title={single ? `What ${single.chosen.file.name} holds` : `What ${plural(archives.length, 'archive')} hold`}
      description="Read from the list of names at the end of the file; nothing has been sent yet."
      footer={
        <>
          <Button onClick={() => onDone(null)}>Cancel</Button>
          <Button tone="primary" disabled={readable.length === 0} onClick={submit}>
            Upload {plural(readable.length, 'archive')}
          </Button>
        </>
      }
    >
      <KnownDefects defects={defects} />
      <ul className="flex flex-col divide-y divide-line">
        {archives.map((archive) => (
          <li key={archive.chosen.path} className="flex flex-col gap-2 py-3">
            {single ? null : <p className="font-medium break-words">{archive.chosen.path}</p>}
            {archive.outline ? (
              <Outline outline={archive.outline} />
            ) : (
              <p role="alert" className="text-bad">
                {archive.chosen.file.name} cannot be read as a zip archive and is not sent: zip the folder again.
              </p>
            )}
            {asks(archive) && archive.outline ? (
              <div className="grid gap-x-4 gap-y-2 sm:grid-cols-[minmax(0,1fr)_15rem]">
                <div className="min-w-0">
                  <p className="font-medium">{plural(archive.outline.untold.files, 'file')} in no folder that tells what they are</p>
                  <p className="truncate text-xs text-ink-2">
                    {archive.outline.untold.examples.join(', ')}
                    {archive.outline.untold.files > archive.outline.untold.examples.length ? ', …' : ''}
                  </p>
                </div>
                <PlaceField
                  of={`The images of ${archive.chosen.file.name}`}
                  kinds={placeKinds}
                  answer={answerOf(archive)}
                  tried={tried}
                  onChange={(change) => setAnswers(new Map(answers).set(archive, { ...answerOf(archive), ...change }))}
                  onSubmit={submit}
                />
              </div>
            ) : null}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

const asks = ({ outline }: ChosenArchive): boolean => outline !== null && outline.untold.files > 0;

const imagesOf = ({ places, untold }: ArchiveOutline): number => untold.files + places.reduce((sum, { files }) => sum + files, 0);

function Outline({ outline }: { readonly outline: ArchiveOutline }) {
  const { places, bystanders, classes } = outline;
  return (
    <>
      {places.length > 0 ? (
        <table className="w-full max-w-sm text-xs">
          <thead className="text-left text-ink-2">
            <tr>
              <th className="font-normal">Goes to</th>
              <th className="text-right font-normal">Files</th>
            </tr>
          </thead>
          <tbody>
            {places.map(({ place, files }) => (
              <tr key={place} className="border-t border-line">
                <td className="py-1 break-all">{place}</td>
                <td className="py-1 text-right tabular-nums">{count(files)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {imagesOf(outline) === 0 ? <p role="alert">It holds no images: nothing of it is sent.</p> : null}
      {bystanders > 0 ? (
        <p className="text-xs text-ink-2">
          {bystanders === 1 ? '1 file that is no image is' : `${count(bystanders)} files that are no images are`} left out.
        </p>
      ) : null}
      {classes.length > 0 ? (
        <p role="alert" className="text-xs text-bad">
          It holds {plural(classes.length, 'class folder')} ({classes.slice(0, 3).map(folderName).join(', ')}
          {classes.length > 3 ? ', …' : ''}); only the first is taken in: import each class into a dataset of its own.
        </p>
      ) : null}
    </>
  );
}

/** The images beside all folders have no name of their own. */
const folderName = (name: string): string => (name === '' ? 'its topmost level' : name);
