'use client';

import { useQuery } from '@apollo/client/react';
import { Check, Save, X } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { useBreadcrumb } from '#web/components/frame/breadcrumb.tsx';
import { useProject } from '#web/components/frame/project-context.tsx';
import { useShortcuts } from '#web/components/frame/shortcuts.tsx';
import { Button, ButtonLink } from '#web/components/ui/button.tsx';
import { Page, PageHeader } from '#web/components/ui/page.tsx';
import { Skeleton } from '#web/components/ui/skeleton.tsx';
import { Banner, EmptyState, ErrorState } from '#web/components/ui/state.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import { useQueryState } from '#web/lib/query-state.ts';
import { defectsOf } from '../datasets/counts.ts';
import { CameraStore } from '../residuals/camera/camera-store.ts';
import type { Point } from '../residuals/camera/camera.ts';
import { DefectDialog } from './defect-dialog.tsx';
import { maskedImageDocument } from './documents.ts';
import { MaskCanvas, type MaskTool } from './mask-canvas.tsx';
import { LARGEST_BRUSH, MaskTools } from './mask-tools.tsx';
import { forgetMask, leaveMask, openMask, somethingUnsaved, type MaskedImage, type OpenMask } from './open-mask.ts';
import { useSaveMask } from './use-save-mask.ts';

/** Draws the mask of one image of a dataset. */
export function MaskPage({ datasetId }: { datasetId: string }) {
  const project = useProject();
  const query = useQueryState();
  const imageId = query.get('image') ?? '';
  const { data, error, refetch } = useQuery(maskedImageDocument, { variables: { imageId, datasetId }, fetchPolicy: 'network-only' });
  const dataset = data?.dataset?.project.id === project.id ? data.dataset : null;
  const image = data?.node?.__typename === 'Image' && dataset ? data.node : null;
  const home = `/projects/${project.id}/datasets/${datasetId}`;
  useBreadcrumb(
    { label: 'Datasets', href: `/projects/${project.id}/datasets` },
    { label: dataset?.name ?? 'Dataset', href: home },
    { label: image ? `Mask of ${image.name}` : 'Mask' },
  );
  const defects = defectsOf(dataset?.counts ?? []);
  if (error && !data)
    return (
      <Page narrow>
        <ErrorState whole reason={sentenceOf(error)} onRetry={() => void refetch()} />
      </Page>
    );
  if (data && !image)
    return (
      <Page narrow>
        <EmptyState whole title="No such image" action={<ButtonLink href={home}>The dataset</ButtonLink>}>
          It may have been deleted, or belong to another dataset.
        </EmptyState>
      </Page>
    );
  if (!image)
    return (
      <Page className="h-full">
        <Skeleton className="h-7 w-64" />
        <Skeleton className="min-h-0 flex-1" />
      </Page>
    );
  return <MaskLoader key={image.id} datasetId={datasetId} image={image} defects={defects} home={home} onReload={() => refetch()} />;
}

type Image = MaskedImage & { readonly label: string; readonly split: string };

interface MaskLoaderProps {
  readonly datasetId: string;
  readonly image: Image;
  readonly defects: readonly string[];
  readonly home: string;
  readonly onReload: () => Promise<unknown>;
}

function MaskLoader(props: MaskLoaderProps) {
  const { image, onReload } = props;
  const [opened, setOpened] = useState<OpenMask | { readonly error: string } | null>(null);
  const [attempt, setAttempt] = useState(0);
  // Saving changes the image's mask, which is then the one on the screen: only another image or a wish reads anew.
  const [first, setFirst] = useState(image);
  useEffect(() => {
    let live = true;
    void openMask(first).then(
      (result) => live && setOpened(result),
      (failure: unknown) => live && setOpened({ error: sentenceOf(failure) }),
    );
    return () => {
      live = false;
      leaveMask(first.id);
    };
  }, [first, attempt]);
  const current = useCallback(async () => {
    const { data } = (await onReload()) as { data?: { node?: unknown } };
    const node = data?.node as (Image & { __typename: string }) | null | undefined;
    forgetMask(image.id);
    setOpened(null);
    if (node?.__typename === 'Image') setFirst(node);
    setAttempt((now) => now + 1);
  }, [image.id, onReload]);
  if (opened && 'error' in opened)
    return (
      <Page narrow>
        <ErrorState whole reason={opened.error} onRetry={() => void current()} />
      </Page>
    );
  if (!opened)
    return (
      <Page className="h-full">
        <Skeleton className="h-7 w-64" />
        <Skeleton className="min-h-0 flex-1" />
      </Page>
    );
  return <MaskPainter key={attempt} {...props} opened={opened} onTakeTheirs={() => void current()} />;
}

type MaskPainterProps = MaskLoaderProps & { readonly opened: OpenMask; readonly onTakeTheirs: () => void };

function MaskPainter({ datasetId, image, defects, home, opened, onTakeTheirs }: MaskPainterProps) {
  const project = useProject();
  const query = useQueryState();
  const { editor } = opened;
  const camera = useMemo(() => new CameraStore(), []);
  const [tool, setTool] = useState<MaskTool>('brush');
  const [diameter, setDiameter] = useState(() => Math.max(1, Math.round(Math.min(image.width, image.height) / 32)));
  const [polygon, setPolygon] = useState<readonly Point[]>([]);
  const [asking, setAsking] = useState(false);
  const saving = useSaveMask(opened, datasetId);
  const readOnly = !project.canEdit;
  // Corners stay when another tool is taken up in between.
  const cornering = tool === 'polygon' && polygon.length > 0;
  const unsaved = useSyncExternalStore(
    editor.subscribe,
    () => editor.unsaved,
    () => false,
  );
  const given = Number(query.get('opacity') ?? '55');
  const opacity = Number.isFinite(given) ? Math.min(100, Math.max(0, given)) : 55;

  useEffect(() => {
    const ask = (event: BeforeUnloadEvent): void => {
      if (somethingUnsaved()) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, []);

  const close = (points: readonly Point[]) => {
    editor.polygon(points, 1);
    setPolygon([]);
  };
  const send = async (label: string | null) => {
    if (await saving.save(image, label)) setAsking(false);
  };
  const save = () => {
    if (readOnly || saving.busy || !editor.unsaved) return;
    if (image.label === 'good' && !editor.isEmpty) {
      saving.forget();
      setAsking(true);
    } else void send(null);
  };
  const resize = (factor: number) =>
    setDiameter((now) => {
      const next = Math.round(now * factor);
      return Math.min(LARGEST_BRUSH, Math.max(1, next === now ? now + Math.sign(factor - 1) : next));
    });
  useShortcuts('Mask', [
    { keys: 'b', does: 'Brush', run: () => setTool('brush') },
    { keys: 'e', does: 'Eraser', run: () => setTool('eraser') },
    { keys: 'p', does: 'Polygon', run: () => setTool('polygon') },
    { keys: '[', does: 'Smaller brush', run: () => resize(0.8) },
    { keys: ']', does: 'Larger brush', run: () => resize(1.25) },
    { keys: 'mod+z', does: 'Undo', run: () => (cornering ? setPolygon(polygon.slice(0, -1)) : editor.undo()) },
    { keys: 'mod+y', does: 'Redo', run: () => editor.redo() },
    { keys: 'mod+shift+z', does: 'Redo', run: () => editor.redo() },
    { keys: 'mod+s', does: 'Save', run: save },
    { keys: '+', does: 'Zoom in', run: () => camera.zoomBy(1.5) },
    { keys: '-', does: 'Zoom out', run: () => camera.zoomBy(1 / 1.5) },
    { keys: '0', does: 'Fit the image', run: () => camera.setCamera(null) },
    ...(cornering
      ? [
          { keys: 'Enter', does: 'Close the polygon', run: () => close(polygon) },
          { keys: 'Escape', does: 'Give the polygon up', run: () => setPolygon([]) },
          { keys: 'Backspace', does: 'Take the last corner back', run: () => setPolygon(polygon.slice(0, -1)) },
        ]
      : []),
  ]);

  return (
    <div className="flex h-full min-h-96 flex-col">
      <div className="flex flex-col gap-3 px-4 pt-5 pb-3 md:px-6">
        <PageHeader
          title={`Mask of ${image.name}`}
          actions={
            <>
              <ButtonLink href={`${home}?image=${image.id}`}>
                <X /> Close
              </ButtonLink>
              {readOnly ? null : (
                <Button tone="primary" busy={saving.busy} disabled={!unsaved} onClick={save}>
                  {unsaved ? <Save /> : <Check />} {unsaved ? 'Save mask' : 'Saved'}
                </Button>
              )}
            </>
          }
        >
          {image.label}, {image.split}, {image.width} × {image.height} px.
          {unsaved ? ' What is drawn is not saved yet; it stays while this window is open.' : ''}
        </PageHeader>
        {saving.problem && !asking ? (
          <Banner
            tone="error"
            title="The mask was not saved"
            action={
              saving.overtaken ? (
                <Button size="small" onClick={onTakeTheirs}>
                  Take theirs, drop mine
                </Button>
              ) : null
            }
          >
            {saving.problem}
          </Banner>
        ) : null}
        <MaskTools
          editor={editor}
          camera={camera}
          tool={tool}
          onTool={setTool}
          diameter={diameter}
          onDiameter={setDiameter}
          opacity={opacity}
          onOpacity={(value) => query.set({ opacity: value === 55 ? null : String(value) })}
          readOnly={readOnly}
        />
      </div>
      <div className="min-h-0 flex-1 border-t">
        <MaskCanvas
          opened={opened}
          camera={camera}
          tool={tool}
          diameter={diameter}
          opacity={opacity / 100}
          readOnly={readOnly}
          polygon={polygon}
          onPolygon={setPolygon}
          onClose={close}
          label={`${image.name} with its mask. Arrows move the tool, Enter sets it down.`}
        />
      </div>
      {asking ? (
        <DefectDialog
          image={image.name}
          defects={defects}
          busy={saving.busy}
          error={saving.labelProblem ?? saving.problem}
          onCancel={() => setAsking(false)}
          onDefect={(label) => void send(label)}
        />
      ) : null}
    </div>
  );
}
