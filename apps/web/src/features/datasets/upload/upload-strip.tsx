'use client';

import { X } from 'lucide-react';
import { useEffect } from 'react';
import { Button, IconButton } from '#web/components/ui/button.tsx';
import { Progress } from '#web/components/ui/progress.tsx';
import { Banner } from '#web/components/ui/state.tsx';
import { bytes, count, percent, plural } from '#web/lib/numbers.ts';
import { duration } from '#web/lib/time.ts';
import { useNow } from '#web/lib/use-now.ts';
import { uploadSecondsLeft, uploadShare } from './upload-queue.ts';
import { dismissUpload, useUpload } from './upload-store.ts';

/** Progress of the upload under way, its failure, and nothing otherwise. Hands the import to `onImport` when all has arrived. */
export function UploadStrip({ datasetId, onImport }: { datasetId: string; onImport: (importId: string) => void }) {
  const state = useUpload(datasetId);
  const sending = state?.phase === 'sending';
  const now = useNow(1_000, sending);
  const importId = state?.importId;
  useEffect(() => {
    if (!importId) return;
    dismissUpload(datasetId);
    onImport(importId);
  }, [importId, datasetId, onImport]);

  if (!state || state.phase === 'done') return null;
  if (state.phase === 'failed') {
    return (
      <Banner
        tone="error"
        title="The upload stopped"
        action={
          <IconButton label="Dismiss" onClick={() => dismissUpload(datasetId)}>
            <X />
          </IconButton>
        }
      >
        {state.reason}
      </Banner>
    );
  }
  const left = uploadSecondsLeft(state, now);
  return (
    <div className="flex items-center gap-4 rounded-md border bg-panel px-3 py-2">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap justify-between gap-x-4 text-xs">
          <span>
            Uploading {plural(state.files, 'file')}: {count(state.filesSent)} sent, {bytes(state.bytesSent)} of {bytes(state.bytes)}
          </span>
          <span className="text-ink-2">
            {percent(uploadShare(state))}
            {left === null ? '' : `, ${duration(left)} left`}
          </span>
        </p>
        <Progress className="mt-1.5" label="Upload" value={uploadShare(state)} />
      </div>
      <Button size="small" onClick={() => dismissUpload(datasetId)}>
        Stop
      </Button>
    </div>
  );
}
