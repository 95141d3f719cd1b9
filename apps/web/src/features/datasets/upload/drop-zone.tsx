'use client';

import { useApolloClient } from '@apollo/client/react';
import { FileArchive, FolderUp, Upload as UploadIcon } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { toast } from 'sonner';
import { Button } from '#web/components/ui/button.tsx';
import { Menu, MenuItem } from '#web/components/ui/menu.tsx';
import { filesOfDrop, filesOfInput, type ChosenFile } from './dropped-files.ts';
import { startUpload } from './upload-store.ts';

/** Lets a folder, a zip or files be dropped anywhere on the page. */
export function DropZone({ datasetId, enabled, children }: { datasetId: string; enabled: boolean; children: ReactNode }) {
  const client = useApolloClient();
  const [over, setOver] = useState(false);
  useEffect(() => {
    if (!enabled) return;
    let depth = 0;
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const enter = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      depth += 1;
      setOver(true);
    };
    const leave = () => {
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const drag = (event: DragEvent) => {
      if (carriesFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      if (!carriesFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      filesOfDrop(event.dataTransfer).then(
        (files) => begin(client, datasetId, files),
        () => toast.error('The browser could not read what was dropped. Use the upload button.'),
      );
    };
    window.addEventListener('dragenter', enter);
    window.addEventListener('dragleave', leave);
    window.addEventListener('dragover', drag);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragenter', enter);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('dragover', drag);
      window.removeEventListener('drop', drop);
    };
  }, [client, datasetId, enabled]);
  return (
    <>
      {children}
      {over ? (
        <div className="pointer-events-none fixed inset-2 z-50 flex items-center justify-center rounded-md border-2 border-dashed border-accent bg-surface/85">
          <p className="flex items-center gap-2 text-lg font-semibold">
            <UploadIcon className="size-5 text-accent-ink" /> Drop a folder, a zip or images
          </p>
        </div>
      ) : null}
    </>
  );
}

function begin(client: ReturnType<typeof useApolloClient>, datasetId: string, files: readonly ChosenFile[]): void {
  if (files.length === 0) toast.error('There is no file in what was chosen.');
  else void startUpload(client, datasetId, files);
}

/** The same by a button: files or a zip, or a folder. */
export function UploadButton({ datasetId, primary }: { datasetId: string; primary?: boolean }) {
  const client = useApolloClient();
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const onChange = (input: HTMLInputElement) => {
    begin(client, datasetId, filesOfInput([...(input.files ?? [])]));
    input.value = '';
  };
  return (
    <>
      <input
        ref={files}
        type="file"
        multiple
        hidden
        aria-label="Files or a zip to upload"
        accept="image/*,.zip,.tif,.tiff"
        onChange={(event) => onChange(event.currentTarget)}
      />
      <input
        ref={folder}
        type="file"
        hidden
        aria-label="Folder to upload"
        {...{ webkitdirectory: '' }}
        onChange={(event) => onChange(event.currentTarget)}
      />
      <Menu
        align="end"
        trigger={
          <Button tone={primary ? 'primary' : 'plain'}>
            <UploadIcon /> Add images
          </Button>
        }
      >
        <MenuItem onSelect={() => folder.current?.click()}>
          <FolderUp /> A folder …
        </MenuItem>
        <MenuItem onSelect={() => files.current?.click()}>
          <FileArchive /> Images or a zip …
        </MenuItem>
      </Menu>
    </>
  );
}
