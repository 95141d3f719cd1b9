'use client';

import { ArrowDownToLine } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '#web/components/ui/button.tsx';
import { Section } from '#web/components/ui/page.tsx';
import { Skeleton } from '#web/components/ui/skeleton.tsx';
import { ErrorState } from '#web/components/ui/state.tsx';
import { exactTime } from '#web/lib/time.ts';
import type { useRunDetails } from './use-run-details.ts';

export interface RunLogProps {
  readonly details: ReturnType<typeof useRunDetails>;
  readonly live: boolean;
}

/** Distance from the end within which one still reads the newest lines. */
const atEnd = 24;

/** What the run's process and its worker said. It follows the newest line until one scrolls up. */
export function RunLog({ details, live }: RunLogProps) {
  const { lines, loading, error, reload, earlier, loadEarlier, loadingEarlier } = details;
  const frame = useRef<HTMLDivElement>(null);
  const [following, setFollowing] = useState(true);
  const last = lines.at(-1)?.number ?? 0;
  useEffect(() => {
    const element = frame.current;
    if (element && following) element.scrollTop = element.scrollHeight;
  }, [last, following]);
  return (
    <Section
      title="Log"
      actions={
        following ? (
          <span className="text-xs text-ink-3">{live ? 'follows the newest line' : lines.length > 0 ? `${lines.length} lines` : ''}</span>
        ) : (
          <Button size="small" onClick={() => setFollowing(true)}>
            <ArrowDownToLine /> Follow
          </Button>
        )
      }
    >
      {error ? (
        <ErrorState reason={error} onRetry={reload} />
      ) : loading ? (
        <Skeleton className="h-64 w-full" />
      ) : lines.length === 0 ? (
        <p className="rounded-md border bg-panel px-3 py-6 text-center text-ink-3">
          {live ? 'The log begins when a worker takes the run.' : 'No worker took this run, or it ran before logs were kept.'}
        </p>
      ) : (
        <div
          ref={frame}
          role="log"
          aria-label="Log of the run"
          aria-live="off"
          tabIndex={0}
          onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) =>
            setFollowing(scrollHeight - scrollTop - clientHeight < atEnd)
          }
          className="h-64 overflow-auto rounded-md border bg-panel py-1.5 font-mono text-xs leading-5"
        >
          {earlier ? (
            <div className="px-3 pb-1">
              <Button size="small" tone="quiet" busy={loadingEarlier} onClick={() => void loadEarlier()}>
                Earlier lines
              </Button>
            </div>
          ) : null}
          <ol>
            {lines.map((line, index) => (
              <li key={line.number} className="flex gap-3 px-3 hover:bg-hover">
                <time dateTime={line.at} title={exactTime(line.at)} className="shrink-0 text-ink-3 tabular-nums">
                  {clock(line.at)}
                </time>
                <span className="min-w-0 break-words whitespace-pre-wrap">
                  {index > 0 && lines[index - 1]!.attempt !== line.attempt ? (
                    <span className="text-warn">attempt {line.attempt}: </span>
                  ) : null}
                  {line.text}
                </span>
              </li>
            ))}
          </ol>
        </div>
      )}
    </Section>
  );
}

const clockFormat = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const clock = (iso: string): string => clockFormat.format(new Date(iso));
