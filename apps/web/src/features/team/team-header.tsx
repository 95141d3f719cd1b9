'use client';

import { useMutation } from '@apollo/client/react';
import { Pencil } from 'lucide-react';
import { useRouter } from 'next/navigation';
import Link from 'next/link';
import { useState, type ReactNode } from 'react';
import { useBreadcrumb } from '#web/components/frame/breadcrumb.tsx';
import { IconButton } from '#web/components/ui/button.tsx';
import { NameDialog } from '#web/components/ui/name-dialog.tsx';
import { PageHeader } from '#web/components/ui/page.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import { classes } from '#web/lib/classes.ts';
import type { Viewer } from '#web/server/viewer.ts';
import { renameTeamDocument } from './documents.ts';
import { isAdmin } from './roles.ts';

export interface TeamHeaderProps {
  readonly membership: Viewer['teams'][number];
  readonly page: 'Members' | 'Webhooks' | 'Who did what';
  readonly actions?: ReactNode;
}

/** The team's name and its pages. */
export function TeamHeader({ membership: { team, role }, page, actions }: TeamHeaderProps) {
  const router = useRouter();
  const [renaming, setRenaming] = useState(false);
  const [rename] = useMutation(renameTeamDocument);
  useBreadcrumb({ label: page });
  const tabs = [
    { name: 'Members', href: `/teams/${team.id}` },
    ...(isAdmin(role)
      ? [
          { name: 'Webhooks', href: `/teams/${team.id}/webhooks` },
          { name: 'Who did what', href: `/teams/${team.id}/audit` },
        ]
      : []),
  ];
  return (
    <>
      <PageHeader
        title={
          <span className="flex items-center gap-1">
            {team.name}
            {isAdmin(role) ? (
              <IconButton label="Rename the team" onClick={() => setRenaming(true)}>
                <Pencil />
              </IconButton>
            ) : null}
          </span>
        }
        actions={actions}
      >
        You are {role === 'admin' || role === 'engineer' || role === 'owner' ? 'an' : 'a'} {role} here.
      </PageHeader>
      <nav aria-label="Team" className="flex gap-4 border-b">
        {tabs.map(({ name, href }) => (
          <Link
            key={name}
            href={href}
            aria-current={name === page ? 'page' : undefined}
            className={classes(
              '-mb-px border-b-2 pb-2',
              name === page ? 'border-accent-ink font-medium text-ink' : 'border-transparent text-ink-2 hover:text-ink',
            )}
          >
            {name}
          </Link>
        ))}
      </nav>
      <NameDialog
        key={`${team.name} ${String(renaming)}`}
        open={renaming}
        onOpenChange={setRenaming}
        title="Rename the team"
        present={team.name}
        placeholder="Line 4"
        action="Rename"
        onSubmit={async (name) => {
          const { data } = await rename({ variables: { input: { id: team.id, name } } });
          if (data?.renameTeam.__typename !== 'RenameTeamSuccess') return sentenceOf(data?.renameTeam);
          setRenaming(false);
          router.refresh();
          return null;
        }}
      />
    </>
  );
}
