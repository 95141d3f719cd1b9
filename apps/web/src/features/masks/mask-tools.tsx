'use client';

import { Brush, Eraser, Pentagon, Redo2, Trash2, Undo2 } from 'lucide-react';
import { useSyncExternalStore, type ReactNode } from 'react';
import { Button, IconButton } from '#web/components/ui/button.tsx';
import { Segmented } from '#web/components/ui/segmented.tsx';
import { Tooltip } from '#web/components/ui/tooltip.tsx';
import type { CameraStore } from '../residuals/camera/camera-store.ts';
import { RangeInput } from '../residuals/controls/range-input.tsx';
import { ZoomControls } from '../residuals/viewer/zoom-controls.tsx';
import type { MaskTool } from './mask-canvas.tsx';
import type { MaskEditor } from './mask-editor.ts';

export const LARGEST_BRUSH = 128;

export interface MaskToolsProps {
  readonly editor: MaskEditor;
  readonly camera: CameraStore;
  readonly tool: MaskTool;
  readonly onTool: (tool: MaskTool) => void;
  readonly diameter: number;
  readonly onDiameter: (diameter: number) => void;
  readonly opacity: number;
  readonly onOpacity: (opacity: number) => void;
  readonly readOnly: boolean;
}

/** Tools, their size, undo and redo, opacity, zoom. */
export function MaskTools({ editor, camera, tool, onTool, diameter, onDiameter, opacity, onOpacity, readOnly }: MaskToolsProps) {
  useSyncExternalStore(
    editor.subscribe,
    () => editor.version,
    () => 0,
  );
  return (
    <div role="toolbar" aria-label="Drawing" className="flex flex-wrap items-center gap-x-4 gap-y-2">
      {readOnly ? null : (
        <>
          <Segmented<MaskTool>
            label="Tool"
            value={tool}
            onValueChange={onTool}
            options={[
              { value: 'brush', label: <ToolLabel icon={<Brush />} name="Brush" /> },
              { value: 'eraser', label: <ToolLabel icon={<Eraser />} name="Eraser" /> },
              { value: 'polygon', label: <ToolLabel icon={<Pentagon />} name="Polygon" /> },
            ]}
          />
          {tool === 'polygon' ? (
            <span className="text-xs text-ink-3 max-md:hidden">Click corners; double-click, Enter or the first corner closes.</span>
          ) : (
            <label className="flex items-center gap-2 text-xs text-ink-2">
              Size
              <RangeInput
                label="Size in image pixels"
                value={diameter}
                minimum={1}
                maximum={LARGEST_BRUSH}
                step={1}
                onChange={onDiameter}
                className="w-24"
              />
              <span className="w-10 font-mono text-ink">{diameter} px</span>
            </label>
          )}
          <span className="flex items-center">
            <Tooltip content="Undo">
              <IconButton label="Undo" disabled={!editor.canUndo} onClick={() => editor.undo()}>
                <Undo2 />
              </IconButton>
            </Tooltip>
            <Tooltip content="Redo">
              <IconButton label="Redo" disabled={!editor.canRedo} onClick={() => editor.redo()}>
                <Redo2 />
              </IconButton>
            </Tooltip>
            <Button size="small" tone="quiet" disabled={editor.isEmpty} onClick={() => editor.clear()}>
              <Trash2 /> Clear
            </Button>
          </span>
        </>
      )}
      <label className="flex items-center gap-2 text-xs text-ink-2">
        Opacity
        <RangeInput label="Opacity of the mask" value={opacity} minimum={0} maximum={100} step={5} onChange={onOpacity} className="w-24" />
        <span className="w-9 font-mono text-ink">{opacity} %</span>
      </label>
      <span className="ml-auto">
        <ZoomControls store={camera} />
      </span>
    </div>
  );
}

function ToolLabel({ icon, name }: { icon: ReactNode; name: string }) {
  return (
    <span className="inline-flex items-center gap-1.5 [&>svg]:size-4">
      {icon}
      <span className="max-sm:sr-only">{name}</span>
    </span>
  );
}
