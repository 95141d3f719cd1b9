'use client';

import { useQuery, useSubscription } from '@apollo/client/react';
import { useEffect, useRef } from 'react';
import { Progress } from '#web/components/ui/progress.tsx';
import { RelativeTime } from '#web/components/ui/relative-time.tsx';
import { Select } from '#web/components/ui/select.tsx';
import { Inspector } from '#web/components/ui/sheet.tsx';
import { ShowMore } from '#web/components/ui/show-more.tsx';
import { Skeleton } from '#web/components/ui/skeleton.tsx';
import { StateBadge } from '#web/components/ui/state-badge.tsx';
import { Banner, ErrorState } from '#web/components/ui/state.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import { useReread } from '#web/graphql/use-reread.ts';
import type { Verdict } from '#web/graphql/generated/graphql.ts';
import { nodes } from '#web/graphql/nodes.ts';
import { classes } from '#web/lib/classes.ts';
import { useQueryState } from '#web/lib/query-state.ts';
import { importChangedDocument, importDocument } from './documents.ts';
import { becameOf, readSoFar, tookNothing } from './import-words.ts';

const words: Record<Verdict, { name: string; look: string; mark: string }> = {
  accepted: { name: 'accepted', look: 'text-good', mark: '✓' },
  mask: { name: 'mask', look: 'text-good', mark: '◐' },
  duplicate: { name: 'duplicate', look: 'text-ink-3', mark: '=' },
  ignored: { name: 'ignored', look: 'text-ink-3', mark: '–' },
  refused: { name: 'refused', look: 'text-bad', mark: '▲' },
};
const verdicts = Object.keys(words) as Verdict[];

/** One import: its progress while it reads, and what became of each file. */
export function ImportInspector({ importId, onClose, onFinished }: { importId: string; onClose: () => void; onFinished: () => void }) {
  const query = useQueryState();
  const wanted = verdicts.find((verdict) => verdict === query.get('verdict')) ?? null;
  const variables = { id: importId, first: 100, verdict: wanted ? [wanted] : null };
  const { data, previousData, error, refetch, fetchMore } = useQuery(importDocument, { variables });
  const node = (data ?? previousData)?.node;
  const job = node?.__typename === 'DatasetImport' ? node : null;
  const running = job?.state === 'queued' || job?.state === 'running';
  useSubscription(importChangedDocument, {
    variables: { id: importId },
    skip: !running,
    ignoreResults: true,
    onData: () => void refetch(),
  });
  useReread(running, refetch);
  const finished = job !== null && !running;
  const sawItRun = useRef(false);
  useEffect(() => {
    if (running) sawItRun.current = true;
    if (!finished) return;
    onFinished();
    // The list that was read while it ran is not the whole one.
    if (sawItRun.current) void refetch();
    sawItRun.current = false;
  }, [running, finished, onFinished, refetch]);

  const list = nodes(job?.verdicts);
  return (
    <Inspector title={job ? `Import: ${job.source}` : 'Import'} onClose={onClose}>
      {error && !job ? (
        <ErrorState reason={sentenceOf(error)} onRetry={() => void refetch()} className="m-4" />
      ) : !job ? (
        data ? (
          <p className="p-4 text-ink-2">This import no longer exists.</p>
        ) : (
          <div className="flex flex-col gap-3 p-4">
            <Skeleton className="h-4 w-40" />
            <Skeleton className="h-2 w-full" />
            <Skeleton className="h-40 w-full" />
          </div>
        )
      ) : (
        <>
          <div className="flex flex-col gap-2 border-b p-4">
            <div className="flex items-center justify-between">
              <StateBadge announced {...(tookNothing(job) ? { state: 'nothing', word: 'nothing imported' } : { state: job.state })} />
              <RelativeTime at={job.finishedAt ?? job.createdAt} className="text-xs text-ink-3" />
            </div>
            {running ? <Progress label="Import" value={job.total > 0 ? job.done / job.total : null} /> : null}
            <p className="text-xs text-ink-2">
              {readSoFar(job)}
              {becameOf(job).map(({ refused, text }) => (
                <span key={text} className={classes(refused && 'text-bad')}>
                  {' '}
                  · {text}
                </span>
              ))}
            </p>
            {job.reason ? <Banner tone={job.state === 'failed' ? 'error' : 'warning'}>{job.reason}</Banner> : null}
            <Select
              label="Verdict"
              value={wanted ?? 'all'}
              onValueChange={(value) => query.set({ verdict: value === 'all' ? null : value })}
              options={[
                { value: 'all', label: 'Every file' },
                ...verdicts.map((verdict) => ({ value: verdict, label: `Only ${words[verdict].name}` })),
              ]}
            />
          </div>
          {list.length === 0 ? (
            <p className="p-4 text-ink-3">{running ? 'Nothing read yet.' : wanted ? 'No file with this verdict.' : 'No file was read.'}</p>
          ) : (
            <ul aria-label="Verdicts">
              {list.map((item) => (
                <li key={item.path} className="border-b px-4 py-2 text-xs last:border-b-0">
                  <p className="flex items-baseline justify-between gap-3">
                    <span className="min-w-0 break-all">{item.path}</span>
                    <span className={classes('shrink-0 font-medium', words[item.verdict].look)}>
                      <span aria-hidden>{words[item.verdict].mark}</span> {words[item.verdict].name}
                    </span>
                  </p>
                  {item.reason ? <p className="mt-0.5 text-ink-2">{item.reason}</p> : null}
                </li>
              ))}
            </ul>
          )}
          <ShowMore connection={job.verdicts} size="small" className="m-4" onMore={(after) => fetchMore({ variables: { after } })} />
        </>
      )}
    </Inspector>
  );
}
