'use client';

import { useApolloClient } from '@apollo/client/react';
import { FileArchive, FolderUp, Upload as UploadIcon } from 'lucide-react';
import { createContext, useCallback, useContext, useEffect, useRef, useState, type ReactNode } from 'react';
import { toast } from 'sonner';
import { Button } from '#web/components/ui/button.tsx';
import { Menu, MenuItem } from '#web/components/ui/menu.tsx';
import { ArchiveDialog } from './archive-dialog.tsx';
import { chosenArchives, type ChosenArchive } from './archive-outline.ts';
import { filesOfDrop, filesOfInput, unreadSentence, type ChosenFile } from './dropped-files.ts';
import { looseFiles, type LooseFiles } from './loose-files.ts';
import { PlaceDialog } from './place-dialog.tsx';
import { resumeUploads, startUpload } from './upload-store.ts';

const BeginContext = createContext<(files: readonly ChosenFile[]) => void>(() => undefined);

interface DropZoneProps {
  readonly datasetId: string;
  readonly enabled: boolean;
  /** Defects that the dataset has already; offered where somebody has to name one. */
  readonly defects: readonly string[];
  readonly children: ReactNode;
}

/** Files about which the person is asked: what its archives hold first, then what loose images among the files are. */
interface Selection {
  readonly files: readonly ChosenFile[];
  readonly about: { readonly archives: readonly ChosenArchive[] } | { readonly loose: LooseFiles };
  /** Counts the selections: answers of one are no answers of another. */
  readonly number: number;
}

/** Lets a folder, a zip or files be dropped anywhere on the page, or chosen by the buttons inside; shows what archives hold, asks what loose images are. */
export function DropZone({ datasetId, enabled, defects, children }: DropZoneProps) {
  const client = useApolloClient();
  const [over, setOver] = useState(false);
  const [asking, setAsking] = useState<Selection | null>(null);
  // Reading a dropped folder takes a while: what is asked by then must not be replaced under the person's hands.
  const selection = useRef<{ open: boolean; number: number }>({ open: false, number: 0 });
  const askAboutLoose = useCallback(
    (files: readonly ChosenFile[]) => {
      const loose = looseFiles(files);
      selection.current.open = loose.groups.length > 0;
      setAsking(loose.groups.length > 0 ? { files, about: { loose }, number: selection.current.number } : null);
      if (loose.groups.length === 0 && files.length > 0) startUpload(client, datasetId, files);
    },
    [client, datasetId],
  );
  const begin = useCallback(
    (chosen: readonly ChosenFile[]) => {
      if (selection.current.open)
        return void toast.error('Nothing was added: first say what the images chosen before are, then drop more.');
      if (chosen.length === 0) return void toast.error('There is no file in what was chosen.');
      const files = resumeUploads(client, datasetId, chosen);
      if (files.length === 0) return;
      selection.current = { open: true, number: selection.current.number + 1 };
      void chosenArchives(files).then((archives) => {
        if (archives.length > 0) setAsking({ files, about: { archives }, number: selection.current.number });
        else askAboutLoose(files);
      });
    },
    [askAboutLoose, client, datasetId],
  );
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
      void filesOfDrop(event.dataTransfer).then(({ files, unread }) => {
        const left = unreadSentence(unread);
        if (left !== null) toast.error('Not everything was added.', { description: left });
        if (files.length > 0 || left === null) begin(files);
      });
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
  }, [begin, enabled]);
  const end = () => {
    selection.current.open = false;
    setAsking(null);
  };
  return (
    <BeginContext.Provider value={begin}>
      {children}
      {asking && 'archives' in asking.about ? (
        <ArchiveDialog
          key={asking.number}
          archives={asking.about.archives}
          defects={defects}
          onDone={(archives) => {
            if (archives === null) return end();
            const shown = new Set(archivesOf(asking));
            askAboutLoose([...asking.files.filter((file) => !shown.has(file)), ...archives]);
          }}
        />
      ) : null}
      {asking && 'loose' in asking.about ? (
        <PlaceDialog
          key={asking.number}
          files={asking.files}
          loose={asking.about.loose}
          defects={defects}
          onDone={(files) => {
            end();
            if (files) startUpload(client, datasetId, files);
          }}
        />
      ) : null}
      {over ? (
        <div className="pointer-events-none fixed inset-2 z-50 flex items-center justify-center rounded-md border-2 border-dashed border-accent bg-surface/85">
          <p className="flex items-center gap-2 text-lg font-semibold">
            <UploadIcon className="size-5 text-accent-ink" />
            {asking ? 'First say what was chosen before is' : 'Drop a folder, a zip or images'}
          </p>
        </div>
      ) : null}
    </BeginContext.Provider>
  );
}

const archivesOf = ({ about }: Selection): readonly ChosenFile[] => ('archives' in about ? about.archives.map(({ chosen }) => chosen) : []);

/** The same by a button: files or a zip, or a folder. Stands inside the DropZone. */
export function UploadButton({ primary, label = 'Add images', size }: { primary?: boolean; label?: string; size?: 'small' }) {
  const begin = useContext(BeginContext);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const onChange = (input: HTMLInputElement) => {
    begin(filesOfInput([...(input.files ?? [])]));
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
          <Button tone={primary ? 'primary' : 'plain'} size={size}>
            <UploadIcon /> {label}
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
