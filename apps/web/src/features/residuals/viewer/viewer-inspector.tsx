'use client';

import { ImageThreads } from '#web/features/comments/image-threads.tsx';
import { ScaleLegend } from '../controls/scale-legend.tsx';
import { SsimControls } from '../controls/ssim-controls.tsx';
import type { EvaluatedImage, VariantImage } from '../data/images.ts';
import { formatResidual, formatsOf, ownOptions, type MeasureFormats } from '../view/protocol.ts';
import { letterOf, pixelThresholds, sharesPixels } from '../view/shown-evaluation.ts';
import { measures } from '../view/view-state.ts';
import { CursorSaid } from './cursor-said.tsx';
import { Part } from './inspector-part.tsx';
import { OrientationPart } from './orientation-part.tsx';
import { Readout, type ReadVariant } from './readout.tsx';
import { ThresholdPart } from './threshold-part.tsx';
import type { Panes } from './variant-scene.ts';

interface ViewerInspectorProps {
  readonly panes: Panes;
  readonly all: readonly EvaluatedImage[];
  readonly complete: boolean;
}

/** What can be set and read beside the panes. */
export function ViewerInspector({ panes, all, complete }: ViewerInspectorProps) {
  const { store, camera, image, world, shown, places, lead, view, update, opened, scales } = panes;
  const { measure } = view;
  const { protocol } = shown[lead]!;
  const formats = formatsOf(protocol);
  const variant = image.variants[lead] ?? null;
  const thresholds = pixelThresholds(shown, view);
  const read = places.map((place): ReadVariant => {
    const { name, protocol: own } = shown[place]!;
    return {
      ...{ place, name, aligned: own.aligned, shares: sharesPixels(shown, lead, place) },
      opened: opened.get(place) ?? null,
      threshold: thresholds[place] ?? null,
      format: formatsOf(own)[measure],
    };
  });
  return (
    <aside
      aria-label="Values and settings"
      className="w-72 shrink-0 overflow-y-auto border-l bg-panel max-md:w-auto max-md:min-h-0 max-md:flex-1 max-md:border-t max-md:border-l-0"
    >
      <ThresholdPart {...{ store, image, all, complete, shown, places, lead, view, update, opened, scales }} />
      <Part title="Under the cursor">
        <Readout store={camera} image={image} variants={read} lead={lead} world={world} />
        <CursorSaid store={camera} variants={read} lead={lead} world={world} measure={measure} />
      </Part>
      <Part title="Colour scale">
        <ScaleLegend
          stacked
          format={formats[measure]}
          colours={view.colours}
          scale={scales[lead]!}
          common={view.scale[formats[measure].scale.name] === null}
          threshold={thresholds[lead] ?? null}
          onScale={(value) => update((now) => ({ scale: { ...now.scale, [formats[measure].scale.name]: value } }))}
          onColours={(colours) => update({ colours })}
        />
      </Part>
      {measure === 'ssim' && variant && (
        <Part title="SSIM window">
          <SsimControls
            value={view.ssim ?? protocol.ssim}
            protocol={protocol.ssim}
            own={ownOptions(view, protocol)}
            shortSide={Math.min(variant.networkWidth, variant.networkHeight)}
            onChange={(ssim) => update({ ssim })}
          />
        </Part>
      )}
      {variant && protocol.turning && (
        <OrientationPart
          store={store}
          variant={variant}
          turning={protocol.turning}
          patch={view.patch}
          showFrames={view.showFrames}
          onFrames={(showFrames) => update({ showFrames })}
          onPatch={(patch) => update({ patch })}
        />
      )}
      <ImageThreads />
      {variant && (
        <Part title={places.length > 1 ? `This image under ${letterOf(lead)}` : 'This image in the evaluation'}>
          <Statistics image={image} variant={variant} formats={formats} />
        </Part>
      )}
    </aside>
  );
}

const rows = [
  ['Image score', 'score'],
  ['99 % quantile', 'p99'],
  ['Maximum', 'maximum'],
  ['Mean', 'mean'],
] as const;

function Statistics({ image, variant, formats }: { image: EvaluatedImage; variant: VariantImage; formats: MeasureFormats }) {
  return (
    <>
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
          {rows.map(([name, key]) => (
            <tr key={key}>
              <th scope="row" className="h-6 text-left font-normal text-ink-2">
                {name}
              </th>
              {measures.map((one) => {
                const statistics = variant.statistics[one];
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
        {image.width}×{image.height} px, seen by the network at {variant.networkWidth}×{variant.networkHeight}
      </p>
      <div className="flex flex-wrap gap-x-4 text-xs">
        {measures.map((one) => {
          const statistics = variant.statistics[one];
          return statistics ? (
            <a key={one} href={statistics.tiffUrl} download className="text-accent-ink underline underline-offset-2">
              Map as TIFF ({one.toUpperCase()})
            </a>
          ) : null;
        })}
      </div>
    </>
  );
}
