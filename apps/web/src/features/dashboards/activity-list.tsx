'use client';

import { FlaskConical, Gauge, Upload, type LucideIcon } from 'lucide-react';
import Link from 'next/link';
import { RelativeTime } from '#web/components/ui/relative-time.tsx';
import type { ActivityFieldsFragment } from '#web/graphql/generated/graphql.ts';
import { classes } from '#web/lib/classes.ts';

const icons: Readonly<Record<ActivityFieldsFragment['kind'], readonly [LucideIcon, string]>> = {
  run: [FlaskConical, 'Training'],
  evaluation: [Gauge, 'Evaluation'],
  import: [Upload, 'Import'],
};

interface ActivityListProps {
  readonly entries: readonly ActivityFieldsFragment[];
  /** Names the project of each, where they are of several. */
  readonly withProject?: boolean;
}

/** What happened, newest first; each leads to its page. */
export function ActivityList({ entries, withProject }: ActivityListProps) {
  return (
    <ol className="rounded-md border bg-panel">
      {entries.map((entry) => {
        const [Icon, word] = icons[entry.kind];
        return (
          <li
            key={`${entry.kind} ${entry.at} ${entry.link}`}
            className="relative flex gap-2.5 border-b px-3 py-2 last:border-b-0 hover:bg-hover"
          >
            <Icon aria-label={word} className={classes('mt-0.5 size-4 shrink-0', entry.state === 'failed' ? 'text-bad' : 'text-ink-3')} />
            <div className="min-w-0 flex-1">
              <Link href={entry.link} className="break-words after:absolute after:inset-0">
                {entry.sentence}
              </Link>
              <p className="flex flex-wrap gap-x-2 text-xs text-ink-3">
                <RelativeTime at={entry.at} className="relative z-10 w-fit" />
                <span>{entry.personName ?? 'Plumbline'}</span>
                {withProject ? <span>{entry.projectName}</span> : null}
              </p>
            </div>
          </li>
        );
      })}
    </ol>
  );
}
