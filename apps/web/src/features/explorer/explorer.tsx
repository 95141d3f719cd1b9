'use client';

import { GraphiQL } from 'graphiql';
import { useTheme } from 'next-themes';
import { useEffect, useMemo, useRef, type ComponentProps } from 'react';
import 'graphiql/style.css';
import './explorer.css';
import { createExplorerFetcher } from './fetcher.ts';
import { keepGuttersMeasured } from './gutters.ts';
import { keepEditorsReachable } from './reach.ts';

const firstOperation = `# Ctrl-Enter runs it, Ctrl-Space completes.
# The book on the left describes every type.
{
  me {
    name
    teams {
      role
      team {
        name
        projects {
          id
          name
          datasets { id name imageCount }
          trainingRuns(first: 5) {
            totalCount
            edges { node { id state variant { name } } }
          }
        }
      }
    }
  }
}
`;

type Fetcher = ComponentProps<typeof GraphiQL>['fetcher'];

/** GraphiQL, in the colours and fonts of the rest. A sign-in is enough: there are no headers to write. */
export function Explorer() {
  const { resolvedTheme } = useTheme();
  const fetcher = useMemo(() => createExplorerFetcher() as Fetcher, []);
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => (root.current ? keepGuttersMeasured(root.current) : undefined), []);
  useEffect(() => (root.current ? keepEditorsReachable(root.current) : undefined), []);
  return (
    <div ref={root} className="plumbline-explorer min-h-0 flex-1 overflow-hidden rounded-md border">
      <GraphiQL
        fetcher={fetcher}
        defaultQuery={firstOperation}
        forcedTheme={resolvedTheme === 'dark' ? 'dark' : 'light'}
        isHeadersEditorEnabled={false}
        shouldPersistHeaders={false}
      />
    </div>
  );
}
