import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import { toast } from 'sonner';
import { downloadText, fileName } from '#web/features/evaluation/download.ts';
import { sentenceOf } from '#web/graphql/failure.ts';
import type { RunsQueryVariables } from '#web/graphql/generated/graphql.ts';
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
        const page = async (after: string | null) => {
          const { data } = await client.query({
            query: runsDocument,
            variables: { ...variables, first: atOnce, after },
            fetchPolicy: 'no-cache',
          });
          return data?.project?.trainingRuns;
        };
        let connection = await page(null);
        runs.push(...nodes(connection));
        while (connection?.pageInfo.hasNextPage) {
          connection = await page(connection.pageInfo.endCursor ?? null);
          runs.push(...nodes(connection));
        }
        downloadText(`${fileName('runs', project)}.csv`, 'text/csv', runsCsv(runs, shown, Date.now()));
      } catch (failure) {
        toast.error('The file could not be made.', { description: sentenceOf(failure) });
      } finally {
        setBusy(false);
      }
    },
  };
}
