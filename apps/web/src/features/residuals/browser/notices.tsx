'use client';

import { Button } from '#web/components/ui/button.tsx';
import { Banner } from '#web/components/ui/state.tsx';
import { plural } from '#web/lib/numbers.ts';
import { describeSsim, formatsOf } from '../view/protocol.ts';
import { letterOf, type ShownEvaluation } from '../view/shown-evaluation.ts';
import type { UpdateView } from '../view/use-view-state.ts';
import type { ViewState } from '../view/view-state.ts';

interface NoticesProps {
  readonly shown: readonly ShownEvaluation[];
  readonly view: ViewState;
  readonly update: UpdateView;
  /** Images that some evaluation did not measure. */
  readonly unshared: number;
  /** Images whose label or mask is not the same in the dataset versions of all. */
  readonly relabelled: number;
  /** Places whose images have not come, and why; null while they are on their way. */
  readonly missing: ReadonlyMap<number, string | null>;
  readonly onRetry: () => void;
}

/** What has to be known before evaluations are looked at side by side. */
export function Notices({ shown, view, update, unshared, relabelled, missing, onRetry }: NoticesProps) {
  const patches = shown.flatMap(({ protocol }, place) => (protocol.aligned ? [] : [letterOf(place)]));
  const told = shown.map(({ protocol }) => [
    `SSIM ${describeSsim(protocol.ssim)}`,
    `squared error ${formatsOf(protocol).mse.unit}${protocol.mse.mse?.sigma ? ` smoothed by ${protocol.mse.mse.sigma} px` : ''}`,
    `score ${protocol.imageScore}`,
  ]);
  const differing = told[0]?.map((_, at) => at).filter((at) => new Set(told.map((one) => one[at])).size > 1) ?? [];
  const failed = [...missing].flatMap(([place, reason]) => (reason === null ? [] : [{ place, reason }]));
  return (
    <>
      {/* Where none came, that is said in place of the grid. */}
      {failed.length < shown.length &&
        failed.map(({ place, reason }) => (
          <Banner
            key={place}
            tone="error"
            title={`The images of ${letterOf(place)}, ${shown[place]?.name ?? ''}, could not be loaded`}
            action={
              <Button size="small" onClick={onRetry}>
                Try again
              </Button>
            }
          >
            {reason} The others are shown without it.
          </Banner>
        ))}
      {patches.length > 0 && (
        <Banner tone="info" title="Padded patches">
          {shown.length > 1 ? `The recipe of ${patches.join(', ')}` : 'This recipe'} has the paper’s patch geometry. Its images are shown as
          the network saw them, four padded patches side by side; residuals are taken inside each patch, as for the results, and are 0 in
          the padding.
        </Banner>
      )}
      {differing.length > 0 && (
        <Banner tone="warning" title="Different protocols">
          Scores and maps are each evaluation’s own and are not to be compared as they stand:{' '}
          {told.map((one, place) => `${letterOf(place)} ${differing.map((at) => one[at]).join(', ')}`).join('; ')}.
        </Banner>
      )}
      {relabelled > 0 && (
        <Banner tone="warning" title="Not the same ground truth for all">
          {plural(relabelled, 'image')} {relabelled === 1 ? 'has' : 'have'} another label or mask in the dataset version of another
          evaluation. Each evaluation is judged against its own; filters by label go by the first that measured the image.
        </Banner>
      )}
      {unshared > 0 && (
        <Banner
          tone="info"
          title="Not every image is in every evaluation"
          action={
            <Button size="small" onClick={() => update({ shared: !view.shared })}>
              {view.shared ? 'Show all images' : 'Show shared images only'}
            </Button>
          }
        >
          {plural(unshared, 'image')} {unshared === 1 ? 'was' : 'were'} not measured by all of them, as they look at other dataset versions
          or splits.
        </Banner>
      )}
    </>
  );
}
