'use client';

import { Camera, Download, FolderOpen, ImagePlus, ScanEye, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState, type DragEvent } from 'react';
import { useShortcuts } from '#web/components/frame/shortcuts.tsx';
import { Button } from '#web/components/ui/button.tsx';
import { Banner, EmptyState, ErrorState } from '#web/components/ui/state.tsx';
import { filesOfDrop, filesOfInput, unreadSentence, type ChosenFile } from '#web/features/datasets/upload/dropped-files.ts';
import { downloadText } from '#web/features/evaluation/download.ts';
import { formatResidual, formatsOf, type ResidualProtocol } from '#web/features/residuals/view/protocol.ts';
import type { Measure } from '#web/features/residuals/view/view-state.ts';
import { classes } from '#web/lib/classes.ts';
import { plural } from '#web/lib/numbers.ts';
import { useQueryState } from '#web/lib/query-state.ts';
import { CameraPanel } from './camera-panel.tsx';
import type { CheckResult } from './checker/messages.ts';
import { ResultView } from './result-view.tsx';
import { ResultsList } from './results-list.tsx';
import { resultsCsv } from './results-csv.ts';
import { verdictOf, type LiveSession, type SessionState } from './session.ts';

interface CheckedListProps {
  readonly session: LiveSession;
  readonly state: SessionState;
  readonly measure: Measure;
  readonly protocol: ResidualProtocol;
}

/** What a folder holds beside pictures is left alone without a word. */
const looksLikePicture = ({ path }: ChosenFile): boolean => /\.(png|jpe?g|webp|gif|tiff?|bmp)$/i.test(path);

/** Where images come from (drop, files, folder, camera), the list of them, and the chosen one's result. */
export function CheckedList({ session, state, measure, protocol }: CheckedListProps) {
  const query = useQueryState();
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const [selected, setSelected] = useState<number | null>(null);
  const [live, setLive] = useState<CheckResult | null>(null);
  const [liveProblem, setLiveProblem] = useState<string | null>(null);
  /** What of the last choice is not in the list, and why. */
  const [leftOut, setLeftOut] = useState<string | null>(null);
  const [over, setOver] = useState(false);
  const camera = query.get('camera') === '1';
  const { entries } = state;
  const ready = state.model.kind === 'open';
  const format = formatsOf(protocol)[measure];
  const thresholds = { ssim: protocol.thresholds.ssim.image, mse: protocol.thresholds.mse.image };
  const frames = useRef(0);

  const select = (id: number): void => {
    setLive(null);
    setSelected(id);
    session.want(id);
  };
  const add = (chosen: readonly ChosenFile[], unread: readonly string[] = []): void => {
    const pictures = chosen.length > 1 ? chosen.filter(looksLikePicture) : chosen;
    const first = session.add(pictures.map(({ path, file }) => ({ name: path, picture: file })));
    const none = pictures.length === 0 ? 'There is no image in what was chosen: PNG, JPEG, WebP and GIF can be checked.' : null;
    setLeftOut(unreadSentence(unread) ?? none);
    if (first !== null) select(first);
  };
  useShortcuts('Live check', [
    { keys: 'i', does: 'Choose images', run: () => files.current?.click() },
    { keys: 'f', does: 'Choose a folder', run: () => folder.current?.click() },
    { keys: 'v', does: 'Open or close the camera', run: () => query.set({ camera: camera ? null : '1' }) },
  ]);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    void filesOfDrop(event.dataTransfer).then(({ files, unread }) => add(files, unread));
  };

  const entry = entries.find(({ id }) => id === selected) ?? null;
  const pixels = entry?.facts ? session.pixels(entry.id) : null;
  // Kept pixels give way to others; the entry that is looked at gets them again.
  const lost = entry?.state === 'checked' && !pixels ? entry.id : null;
  useEffect(() => {
    if (lost !== null) session.want(lost);
  }, [lost, session]);
  const checked = entries.filter(({ facts }) => facts !== null);
  const defective = checked.filter(({ facts }) => facts && verdictOf(facts.scores, measure, thresholds[measure]) === 'defective').length;

  return (
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => (event.currentTarget.contains(event.relatedTarget as Node | null) ? undefined : setOver(false))}
      onDrop={drop}
      className={classes('flex flex-col gap-3 rounded-md', over && 'outline-2 outline-offset-4 outline-accent')}
    >
      <div className="flex flex-wrap items-center gap-2">
        <Button onClick={() => files.current?.click()}>
          <ImagePlus /> Choose images
        </Button>
        <Button onClick={() => folder.current?.click()}>
          <FolderOpen /> Choose a folder
        </Button>
        <Button onClick={() => query.set({ camera: camera ? null : '1' })} aria-pressed={camera}>
          <Camera /> Camera
        </Button>
        <input
          ref={files}
          type="file"
          multiple
          accept="image/*"
          aria-label="Images to check"
          className="sr-only"
          tabIndex={-1}
          onChange={(event) => {
            add(filesOfInput([...(event.target.files ?? [])]));
            event.target.value = '';
          }}
        />
        <input
          ref={folder}
          type="file"
          multiple
          aria-label="Folder to check"
          className="sr-only"
          tabIndex={-1}
          {...{ webkitdirectory: '' }}
          onChange={(event) => {
            add(filesOfInput([...(event.target.files ?? [])]));
            event.target.value = '';
          }}
        />
        {entries.length > 0 ? (
          <>
            <span className="text-xs text-ink-2" role="status">
              {plural(checked.length, 'image')} checked{checked.length < entries.length ? ` of ${entries.length}` : ''}, {defective}{' '}
              defective
            </span>
            <Button
              size="small"
              className="ml-auto"
              disabled={checked.length === 0}
              onClick={() => downloadText('live-check.csv', 'text/csv', resultsCsv(entries, thresholds))}
            >
              <Download /> CSV
            </Button>
            <Button size="small" tone="quiet" onClick={() => session.clear()}>
              <Trash2 /> Empty the list
            </Button>
          </>
        ) : null}
      </div>
      {leftOut ? (
        <Banner tone="warning" title="Not everything can be checked">
          {leftOut}
        </Banner>
      ) : null}
      {camera ? (
        <CameraPanel
          ready={ready}
          onFrame={(picture) => {
            const id = session.add([{ name: `frame ${++frames.current}`, picture }]);
            if (id !== null) select(id);
          }}
          onLiveFrame={async (picture, wanted) => {
            try {
              const result = await session.checkFrame(picture);
              if (!wanted()) return;
              setLive(result);
              setLiveProblem(null);
            } catch (error) {
              if (wanted()) setLiveProblem(error instanceof Error ? error.message : String(error));
            }
          }}
          onLost={() => setLive(null)}
          onClose={() => {
            setLive(null);
            query.set({ camera: null });
          }}
        />
      ) : null}
      {liveProblem && camera ? <p className="text-xs text-bad">{liveProblem}</p> : null}
      {live && camera ? <ResultView name="camera" result={live} measure={measure} protocol={protocol} /> : null}
      {entries.length === 0 ? (
        live && camera ? null : (
          <EmptyState icon={<ScanEye />} title="Drop images or a folder here" className="py-16">
            PNG, JPEG, WebP or GIF. They are read, checked and shown by this browser alone, whose JPEG decoder may round a value otherwise
            than the server’s.
          </EmptyState>
        )
      ) : (
        <div className="grid items-start gap-4 lg:grid-cols-[300px_minmax(0,1fr)]">
          <ResultsList
            entries={entries}
            selected={selected}
            measure={measure}
            threshold={thresholds[measure]}
            score={(value) => formatResidual(format, value)}
            onSelect={select}
            onRemove={(id) => session.remove(id)}
          />
          {live && camera ? null : pixels && entry ? (
            <ResultView name={entry.name} result={pixels} measure={measure} protocol={protocol} />
          ) : entry?.error ? (
            <ErrorState title="This image could not be checked" reason={entry.error} />
          ) : (
            <p className="p-6 text-center text-sm text-ink-3" role="status">
              {entry ? (ready ? 'The image is being checked.' : 'The image waits for the model.') : 'Choose an image of the list.'}
            </p>
          )}
        </div>
      )}
    </div>
  );
}
