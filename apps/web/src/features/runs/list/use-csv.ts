import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import { toast } from 'sonner';
import { downloadText, fileName } from '#web/features/evaluation/download.ts';
import { sentenceOf } from '#web/graphql/failure.ts';
import type { RunsQuery, RunsQueryVariables } from '#web/graphql/generated/graphql.ts';
import { nodes } from '#web/graphql/nodes.ts';
import type { ColumnKey } from './columns.ts';
import { runsDocument } from './list-documents.ts';
import type { ListedRun } from './listed-run.ts';
import { runsCsv } from './runs-csv.ts';

const atOnce = 500;

/** Hands every run of the list, loaded or not, to the browser as a CSV file. */
export function useCsv(): {
  readonly busy: boolean;
  readonly save: (project: string, variables: RunsQueryVariables, shown: readonly ColumnKey[]) => Promise<void>;
} {
  const client = useApolloClient();
  const [busy, setBusy] = useState(false);
  return {
    busy,
    async save(project, variables, shown) {
      setBusy(true);
      try {
        const runs: ListedRun[] = [];
        let cursor: string | null = null;
        do {
          const after: string | null = cursor;
          const page = { ...variables, first: atOnce, after };
          const { data }: { data?: RunsQuery | undefined } = await client.query({
            query: runsDocument,
            variables: page,
            fetchPolicy: 'no-cache',
          });
          const connection: NonNullable<RunsQuery['project']>['trainingRuns'] | undefined = data?.project?.trainingRuns;
          runs.push(...nodes(connection));
          cursor = connection?.pageInfo.hasNextPage ? (connection.pageInfo.endCursor ?? null) : null;
        } while (cursor !== null);
        downloadText(`${fileName('runs', project)}.csv`, 'text/csv', runsCsv(runs, shown, Date.now()));
      } catch (failure) {
        toast.error('The file could not be made.', { description: sentenceOf(failure) });
      } finally {
        setBusy(false);
      }
    },
  };
}
