'use client';

import { ApolloProvider } from '@apollo/client/react';
import { ThemeProvider } from 'next-themes';
import { Tooltip } from 'radix-ui';
import { useState, type ReactNode } from 'react';
import { Toaster } from 'sonner';
import { createApolloClient } from '#web/graphql/client.ts';

/** What every page stands on: theme, data, tooltips, toasts. */
export function Providers({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  const [client] = useState(createApolloClient);
  return (
    <ThemeProvider attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange nonce={nonce}>
      <ApolloProvider client={client}>
        <Tooltip.Provider delayDuration={350} skipDelayDuration={200}>
          {children}
        </Tooltip.Provider>
        <Toaster
          position="bottom-right"
          toastOptions={{
            unstyled: true,
            classNames: {
              toast:
                'pointer-events-auto flex w-full items-start gap-2 rounded-md border border-line-strong bg-raised px-3 py-2 text-sm text-ink shadow-float',
              description: 'text-xs text-ink-2',
              error: 'border-bad',
            },
          }}
        />
      </ApolloProvider>
    </ThemeProvider>
  );
}
