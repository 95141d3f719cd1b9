'use client';

import { useApolloClient } from '@apollo/client/react';
import { useEffect, type ReactNode } from 'react';
import { Button } from '#web/components/ui/button.tsx';
import { Progress } from '#web/components/ui/progress.tsx';
import { Banner } from '#web/components/ui/state.tsx';
import { bytes, count, percent, plural } from '#web/lib/numbers.ts';
import { duration } from '#web/lib/time.ts';
import { useNow } from '#web/lib/use-now.ts';
import { UploadButton } from './drop-zone.tsx';
import { uploadSecondsLeft, uploadShare, type UploadState } from './upload-queue.ts';
import { discardUpload, goOnWithout, retryUpload, uploadHandedOver, useUploads } from './upload-store.ts';

/** The uploads of the dataset: under way, waiting, failed, or left by an earlier page. Hands each import to `onImport` when all has arrived. */
export function UploadStrip({ datasetId, onImport }: { datasetId: string; onImport: (importId: string) => void }) {
  const uploads = useUploads(datasetId);
  const done = uploads.find(({ phase }) => phase === 'done');
  useEffect(() => {
    if (!done?.importId) return;
    uploadHandedOver(done.id);
    onImport(done.importId);
  }, [done, onImport]);
  const waiting = uploads.filter(({ phase }) => phase === 'waiting');
  return (
    <>
      {uploads.map((upload) =>
        upload.phase === 'failed' ? (
          <Banner
            key={upload.id}
            tone="error"
            title="The upload stopped"
            action={
              <Actions>
                <Button size="small" onClick={() => retryUpload(upload.id)}>
                  Try again
                </Button>
                <Discard id={upload.id} />
              </Actions>
            }
          >
            {upload.reason}
          </Banner>
        ) : upload.phase === 'interrupted' ? (
          <Interrupted key={upload.id} upload={upload} />
        ) : upload.phase === 'sending' || upload.phase === 'starting' ? (
          <Sending key={upload.id} upload={upload} />
        ) : null,
      )}
      {waiting.map((upload) => (
        <div key={upload.id} className="flex items-center gap-4 rounded-md border bg-panel px-3 py-2 text-xs">
          <span className="flex-1">
            {plural(upload.files, 'file')}, {bytes(upload.bytes)}: sent when the upload before has arrived
          </span>
          <Discard id={upload.id} label="Cancel" />
        </div>
      ))}
    </>
  );
}

const Actions = ({ children }: { children: ReactNode }) => <span className="flex flex-wrap items-center gap-2">{children}</span>;

function Discard({ id, label = 'Discard' }: { id: string; label?: string }) {
  return (
    <Button size="small" onClick={() => void discardUpload(id)}>
      {label}
    </Button>
  );
}

function Sending({ upload }: { upload: UploadState }) {
  const now = useNow(1_000, true);
  const left = uploadSecondsLeft(upload, now);
  return (
    <div className="flex items-center gap-4 rounded-md border bg-panel px-3 py-2">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap justify-between gap-x-4 text-xs">
          <span>
            Uploading {plural(upload.files, 'file')}: {count(upload.filesSent)} sent, {bytes(upload.bytesSent)} of {bytes(upload.bytes)}
          </span>
          <span className="text-ink-2">
            {percent(uploadShare(upload))}
            {left === null ? '' : `, ${duration(left)} left`}
          </span>
        </p>
        <Progress className="mt-1.5" label="Upload" value={uploadShare(upload)} />
      </div>
      <Discard id={upload.id} label="Cancel" />
    </div>
  );
}

function Interrupted({ upload }: { upload: UploadState }) {
  const client = useApolloClient();
  const { files, missing, filesSent } = upload;
  return (
    <Banner
      tone="warning"
      title="An upload was interrupted"
      action={
        <Actions>
          <UploadButton label="Choose again" size="small" />
          {missing < files ? (
            <Button size="small" onClick={() => goOnWithout(client, upload.id)}>
              Go on without {missing === 1 ? 'it' : 'them'}
            </Button>
          ) : null}
          <Discard id={upload.id} />
        </Actions>
      }
    >
      {count(filesSent)} of {plural(files, 'file')} had arrived, {bytes(upload.bytesSent)} of {bytes(upload.bytes)}. Choose the{' '}
      {missing === 1 ? 'missing file' : `${count(missing)} missing files`} again, as before: what arrived is not sent twice.
    </Banner>
  );
}
