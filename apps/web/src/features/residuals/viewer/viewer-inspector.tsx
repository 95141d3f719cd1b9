'use client';

import { useMemo, type ReactNode } from 'react';
import { ImageThreads } from '#web/features/comments/image-threads.tsx';
import { Segmented } from '#web/components/ui/segmented.tsx';
import type { CameraStore } from '../camera/camera-store.ts';
import { ScaleLegend } from '../controls/scale-legend.tsx';
import { SsimControls } from '../controls/ssim-controls.tsx';
import { ThresholdControl } from '../controls/threshold-control.tsx';
import type { MeasuredImage } from '../data/images.ts';
import { confusionAt } from '../pixels/confusion.ts';
import { formatResidual, formatsOf, ownOptions, type ResidualProtocol } from '../view/protocol.ts';
import type { UpdateView } from '../view/use-view-state.ts';
import { measures, thresholdPatch, type ViewState } from '../view/view-state.ts';
import { ConfusionTable } from './confusion-table.tsx';
import { Readout } from './readout.tsx';
import type { OpenedImage } from './use-opened-image.ts';

interface ViewerInspectorProps {
  readonly image: MeasuredImage;
  readonly opened: OpenedImage | null;
  readonly camera: CameraStore;
  readonly view: ViewState;
  readonly update: UpdateView;
  readonly protocol: ResidualProtocol;
  readonly scale: number;
  /** Of the evaluation shown. */
  readonly place: number;
  readonly pixelThreshold: number | null;
}

function Part({ title, actions, children }: { title: string; actions?: ReactNode; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-1.5 border-b px-3 py-2.5 last:border-b-0">
      <div className="flex min-h-6 items-center justify-between gap-2">
        <h3 className="text-xs font-semibold">{title}</h3>
        {actions}
      </div>
      {children}
    </section>
  );
}

function Toggle({
  label,
  keyName,
  on,
  disabled,
  onChange,
}: {
  label: string;
  keyName: string;
  on: boolean;
  disabled?: boolean;
  onChange: (on: boolean) => void;
}) {
  return (
    <label className="flex h-6 items-center gap-1.5 text-xs text-ink-2 has-disabled:opacity-50">
      <input
        type="checkbox"
        className="size-3.5 accent-accent-fill"
        checked={on}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
        aria-keyshortcuts={keyName}
      />
      {label}
    </label>
  );
}

/** What can be set and read beside the panes. */
export function ViewerInspector({ image, opened, camera, view, update, protocol, scale, place, pixelThreshold }: ViewerInspectorProps) {
  const { measure } = view;
  const formats = formatsOf(protocol);
  const good = !image.defective;
  const confusion = useMemo(
    () => (opened && pixelThreshold !== null ? confusionAt(opened.fullMap, opened.truth, pixelThreshold) : null),
    [opened, pixelThreshold],
  );
  const fitted = protocol.thresholds[measure];
  return (
    <aside
      aria-label="Values and settings"
      className="w-72 shrink-0 overflow-y-auto border-l bg-panel max-md:w-auto max-md:min-h-0 max-md:flex-1 max-md:border-t max-md:border-l-0"
    >
      <Part
        title="Mask"
        actions={
          <Segmented
            label="Measure"
            className="!h-7"
            value={measure}
            onValueChange={(next) => update({ measure: next })}
            options={[
              { value: 'ssim', label: 'SSIM' },
              { value: 'mse', label: 'MSE' },
            ]}
          />
        }
      >
        <ThresholdControl
          label="T"
          format={formats[measure]}
          value={pixelThreshold}
          fitted={fitted.pixel}
          origin={fitted.origin}
          maximum={Math.max(scale, pixelThreshold ?? 0)}
          onChange={(value) => update(thresholdPatch('pixelThreshold', place, value))}
        />
        <div className="flex gap-4">
          <Toggle label="Mask" keyName="t" on={view.showMask} onChange={(showMask) => update({ showMask })} />
          <Toggle
            label="Ground-truth outline"
            keyName="o"
            on={view.showTruth}
            disabled={!image.maskUrl}
            onChange={(showTruth) => update({ showTruth })}
          />
        </div>
        <ConfusionTable confusion={confusion} outlined={image.maskUrl !== null} good={good} aligned={protocol.aligned} />
      </Part>
      <ImageThreads />
      <Part title="Under the cursor">
        <Readout
          store={camera}
          image={image}
          opened={opened}
          good={good}
          threshold={pixelThreshold}
          aligned={protocol.aligned}
          formats={formats}
        />
      </Part>
      <Part title="Colour scale">
        <ScaleLegend
          stacked
          format={formats[measure]}
          colours={view.colours}
          scale={scale}
          common={view.scale[measure] === null}
          threshold={pixelThreshold}
          onScale={(value) => update((now) => ({ scale: { ...now.scale, [measure]: value } }))}
          onColours={(colours) => update({ colours })}
        />
      </Part>
      {measure === 'ssim' && (
        <Part title="SSIM window">
          <SsimControls
            value={view.ssim ?? protocol.ssim}
            protocol={protocol.ssim}
            own={ownOptions(view, protocol)}
            shortSide={Math.min(image.networkWidth, image.networkHeight)}
            onChange={(ssim) => update({ ssim })}
          />
        </Part>
      )}
      <Part title="This image in the evaluation">
        <table className="w-full text-xs">
          <thead>
            <tr className="text-2xs text-ink-3">
              <td />
              {measures.map((one) => (
                <th key={one} scope="col" className="h-5 text-right font-normal">
                  {formats[one].name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {(
              [
                ['Image score', 'score'],
                ['99 % quantile', 'p99'],
                ['Maximum', 'maximum'],
                ['Mean', 'mean'],
              ] as const
            ).map(([name, key]) => (
              <tr key={key}>
                <th scope="row" className="h-6 text-left font-normal text-ink-2">
                  {name}
                </th>
                {measures.map((one) => {
                  const statistics = image.statistics[one];
                  return (
                    <td key={one} className="text-right font-mono">
                      {statistics ? formatResidual(formats[one], statistics[key]) : '–'}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
        <p className="text-2xs text-ink-3">
          {image.width}×{image.height} px, seen by the network at {image.networkWidth}×{image.networkHeight}
        </p>
        <div className="flex flex-wrap gap-x-4 text-xs">
          {measures.map((one) => {
            const statistics = image.statistics[one];
            return statistics ? (
              <a key={one} href={statistics.tiffUrl} download className="text-accent-ink underline underline-offset-2">
                Map as TIFF ({one.toUpperCase()})
              </a>
            ) : null;
          })}
        </div>
      </Part>
    </aside>
  );
}
