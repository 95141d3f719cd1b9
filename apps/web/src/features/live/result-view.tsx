'use client';

import { float32Tiff } from '@plumbline/ml/images/float32-tiff';
import { Download } from 'lucide-react';
import { Button } from '#web/components/ui/button.tsx';
import { downloadBlob, fileName } from '#web/features/evaluation/download.ts';
import { formatResidual, formatsOf, type ResidualProtocol } from '#web/features/residuals/view/protocol.ts';
import type { Measure } from '#web/features/residuals/view/view-state.ts';
import { count, plural } from '#web/lib/numbers.ts';
import type { CheckResult } from './checker/messages.ts';
import { countDefective } from './paint.ts';
import { ResultPanes } from './result-panes.tsx';
import { verdictOf } from './session.ts';
import { VerdictMark } from './verdict-mark.tsx';

interface ResultViewProps {
  readonly name: string;
  readonly result: CheckResult;
  readonly measure: Measure;
  readonly protocol: ResidualProtocol;
}

/** What the model says of one photograph. */
export function ResultView({ name, result, measure, protocol }: ResultViewProps) {
  const format = formatsOf(protocol)[measure];
  const { image, pixel } = protocol.thresholds[measure];
  const { decode, network, total } = result.milliseconds;
  const marked = countDefective(result.maps[measure], pixel);
  const save = (): void =>
    downloadBlob(
      `${fileName(name.replace(/\.[^.]+$/, ''), measure)}.tiff`,
      new Blob([float32Tiff({ width: result.width, height: result.height, data: result.maps[measure] })], { type: 'image/tiff' }),
    );
  return (
    <section aria-label={`Result of ${name}`} className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        <h2 className="min-w-0 truncate font-semibold">{name}</h2>
        <VerdictMark verdict={verdictOf(result.scores, measure, image)} large />
        <span className="text-sm">
          score <span className="font-mono font-semibold">{formatResidual(format, result.scores[measure])}</span>
          {image !== null ? <span className="text-ink-3"> / threshold {formatResidual(format, image)}</span> : null}
        </span>
        <Button size="small" className="ml-auto" onClick={save}>
          <Download /> Residual map (TIFF)
        </Button>
      </div>
      <ResultPanes name={name} result={result} measure={measure} protocol={protocol} />
      <p className="text-xs text-ink-3">
        {result.width} × {result.height} px, {plural(result.patches, 'patch', 'patches')},{' '}
        {pixel === null ? 'no pixel threshold' : `${count(marked)} pixels at or above ${formatResidual(format, pixel)}`}.{' '}
        {Math.round(total)} ms: decoding {Math.round(decode)}, network {Math.round(network)}, residual{' '}
        {Math.round(total - decode - network)}.
        {/\.jpe?g$/i.test(name)
          ? ' A browser’s JPEG decoder may round a value otherwise than the server’s, so that its scores may differ a little.'
          : null}
      </p>
    </section>
  );
}
