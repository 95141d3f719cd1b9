'use client';

import { useQuery } from '@apollo/client/react';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { PageHeader } from '#web/components/ui/page.tsx';
import { RelativeTime } from '#web/components/ui/relative-time.tsx';
import { EmptyState, ErrorState } from '#web/components/ui/state.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import { readHash, watchHash } from '#web/lib/hash.ts';
import { plural } from '#web/lib/numbers.ts';
import { BodySkeleton, ComparisonBody } from '../comparison-body.tsx';
import { useComparison } from '../data/use-comparison.ts';
import { savedView, useCompareView } from '../data/view.ts';
import { ExportMenu } from '../export-menu.tsx';
import { sharedComparisonDocument, shareLivesDocument } from './documents.ts';

/** How often an open page asks whether its link still lives. */
const askEveryMs = 3_000;

/** A comparison for who has its link: read-only, without an account, and gone within seconds of the link. */
export function SharedPage() {
  // Null while the server draws the page: it never gets to know what stands behind the #.
  const secret = useSyncExternalStore(watchHash, readHash, () => null);
  const variables = { secret: secret ?? '' };
  const { data, error, refetch } = useQuery(sharedComparisonDocument, { variables, skip: !secret, fetchPolicy: 'no-cache' });
  const lives = useQuery(shareLivesDocument, {
    variables,
    skip: !secret,
    fetchPolicy: 'no-cache',
    pollInterval: askEveryMs,
    skipPollAttempt: () => document.hidden,
  });
  const ended = lives.data?.sharedComparison === null;
  const { stopPolling } = lives;
  useEffect(() => {
    if (ended) stopPolling();
  }, [ended, stopPolling]);
  const found = ended ? null : data?.sharedComparison;
  const saved = useMemo(() => savedView(found?.view), [found?.view]);
  const view = useCompareView(saved);
  const { answer, busy } = useComparison(found?.compared, view);

  if (secret === '' || ended || found === null)
    return (
      <EmptyState whole title="This link shows nothing" className="mx-auto mt-[10vh] w-full max-w-sm">
        It was revoked or has expired, or it was cut off when it was copied. Ask who sent it for another one.
      </EmptyState>
    );
  if (error && !data)
    return <ErrorState whole reason={sentenceOf(error)} onRetry={() => void refetch()} className="mx-auto mt-[10vh] max-w-sm" />;
  if (!found) return <BodySkeleton />;
  return (
    <>
      <PageHeader
        title={found.name}
        actions={<ExportMenu comparison={!busy && answer && 'comparison' in answer ? answer.comparison : null} />}
      >
        {plural(found.compared.evaluations.length, 'evaluation')}, read-only. Changed <RelativeTime at={found.updatedAt} />; the link ends{' '}
        <RelativeTime at={found.expiresAt} />.
      </PageHeader>
      <ComparisonBody set={found.compared} answer={answer} busy={busy} view={view} projectId={null} />
    </>
  );
}
