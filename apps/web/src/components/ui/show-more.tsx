'use client';

import { useState } from 'react';
import { toast } from 'sonner';
import { sentenceOf } from '#web/graphql/failure.ts';
import { count } from '#web/lib/numbers.ts';
import { Button, type ButtonProps } from './button.tsx';

export interface ShowMoreProps extends Pick<ButtonProps, 'size' | 'className'> {
  readonly connection:
    | { readonly totalCount: number; readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null } }
    | null
    | undefined;
  /** Loads what stands behind the cursor. */
  readonly onMore: (after: string | null) => Promise<unknown>;
  /** The list itself is being loaded anew: its end is not known yet. */
  readonly busy?: boolean;
}

/** Loads the next page of a list; nothing where all of it is shown. */
export function ShowMore({ connection, onMore, busy = false, size = 'medium', className = 'self-center' }: ShowMoreProps) {
  const [loading, setLoading] = useState(false);
  if (!connection?.pageInfo.hasNextPage) return null;
  const { endCursor } = connection.pageInfo;

  async function more() {
    setLoading(true);
    try {
      await onMore(endCursor ?? null);
    } catch (failure) {
      toast.error('The rest could not be loaded.', { description: sentenceOf(failure) });
    } finally {
      setLoading(false);
    }
  }

  return (
    <Button size={size} className={className} busy={busy || loading} onClick={() => void more()}>
      Show more of {count(connection.totalCount)}
    </Button>
  );
}
