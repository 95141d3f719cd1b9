'use client';

import { useMutation, useQuery } from '@apollo/client/react';
import { Bookmark, Check, Pencil, Plus, Save, Share2, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { useProject } from '#web/components/frame/project-context.tsx';
import { Button } from '#web/components/ui/button.tsx';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '#web/components/ui/menu.tsx';
import { NameDialog } from '#web/components/ui/name-dialog.tsx';
import { sentenceOf } from '#web/graphql/failure.ts';
import type { ChangeRunViewInput } from '#web/graphql/generated/graphql.ts';
import { nodes } from '#web/graphql/nodes.ts';
import {
  changeRunViewDocument,
  deleteRunViewDocument,
  restoreRunViewDocument,
  runViewsDocument,
  saveRunViewDocument,
} from './list-documents.ts';

export interface ViewsMenuProps {
  /** What of the address a view keeps now. */
  readonly query: string;
  readonly onOpen: (query: string) => void;
}

type Answer = { readonly __typename: string } | undefined;

/** The saved views of the project: opens one, saves what is shown, renames, replaces, shares and deletes. */
export function ViewsMenu({ query, onOpen }: ViewsMenuProps) {
  const project = useProject();
  const variables = { projectId: project.id };
  const { data, refetch } = useQuery(runViewsDocument, { variables });
  const [save] = useMutation(saveRunViewDocument);
  const [change] = useMutation(changeRunViewDocument);
  const [remove] = useMutation(deleteRunViewDocument);
  const [restore] = useMutation(restoreRunViewDocument);
  const [naming, setNaming] = useState<'new' | 'rename' | null>(null);
  const views = nodes(data?.project?.runViews);
  const current = views.find((view) => view.query === query && view.own) ?? views.find((view) => view.query === query);
  const mine = views.filter(({ own }) => own);
  const others = views.filter(({ own }) => !own);
  const changes = current !== undefined && (current.own || project.canAdminister);

  /** Does it, says why not in a toast, and shows what there is now. */
  async function perform(what: string, ask: () => Promise<Answer>): Promise<boolean> {
    try {
      const answer = await ask();
      if (answer?.__typename === 'RunViewSuccess') {
        await refetch();
        return true;
      }
      toast.error(`The view could not be ${what}.`, { description: sentenceOf(answer) });
    } catch (failure) {
      toast.error(`The view could not be ${what}.`, { description: sentenceOf(failure) });
    }
    return false;
  }
  const changed = (what: string, input: ChangeRunViewInput) =>
    perform(what, async () => (await change({ variables: { input } })).data?.changeRunView);

  async function deleted({ id, name }: { id: string; name: string }) {
    if (!(await perform('deleted', async () => (await remove({ variables: { id } })).data?.deleteRunView))) return;
    const undo = () => void perform('restored', async () => (await restore({ variables: { id } })).data?.restoreRunView);
    toast(`The view ${name} was deleted.`, { action: { label: 'Undo', onClick: undo } });
  }

  async function named(name: string): Promise<string | null> {
    const answer =
      naming === 'rename' && current
        ? (await change({ variables: { input: { id: current.id, name } } })).data?.changeRunView
        : (await save({ variables: { input: { projectId: project.id, name, query } } })).data?.saveRunView;
    if (answer?.__typename !== 'RunViewSuccess') return sentenceOf(answer);
    await refetch();
    setNaming(null);
    return null;
  }

  const entry = (view: (typeof views)[number]) => (
    <MenuItem key={view.id} onSelect={() => onOpen(view.query)}>
      {view.id === current?.id ? <Check /> : <span className="size-4" />}
      <span className="min-w-0 flex-1 truncate">{view.name}</span>
      <span className="text-xs text-ink-3">{view.own ? (view.shared ? 'shared' : '') : view.madeBy}</span>
    </MenuItem>
  );
  return (
    <>
      <Menu
        align="end"
        trigger={
          <Button>
            <Bookmark /> <span className="max-w-40 truncate">{current?.name ?? 'Views'}</span>
          </Button>
        }
      >
        {views.length === 0 ? <MenuLabel>No view is saved yet: filter, order, then save it here.</MenuLabel> : null}
        {mine.length > 0 ? <MenuLabel>Mine</MenuLabel> : null}
        {mine.map(entry)}
        {others.length > 0 ? <MenuLabel>Shared by others</MenuLabel> : null}
        {others.map(entry)}
        <MenuSeparator />
        <MenuItem onSelect={() => setNaming('new')}>
          <Plus /> Save what is shown …
        </MenuItem>
        {mine
          .filter((view) => view.id !== current?.id)
          .slice(0, 5)
          .map((view) => (
            <MenuItem key={view.id} onSelect={() => void changed('replaced', { id: view.id, query })}>
              <Save /> <span className="truncate">Replace {view.name} by it</span>
            </MenuItem>
          ))}
        {changes ? (
          <>
            <MenuSeparator />
            <MenuItem onSelect={() => setNaming('rename')}>
              <Pencil /> Rename …
            </MenuItem>
            {project.canEdit ? (
              <MenuItem onSelect={() => void changed('shared', { id: current.id, shared: !current.shared })}>
                <Share2 /> {current.shared ? 'Keep for myself' : 'Share with the team'}
              </MenuItem>
            ) : null}
            <MenuItem onSelect={() => void deleted(current)}>
              <Trash2 /> Delete
            </MenuItem>
          </>
        ) : null}
      </Menu>
      {naming ? (
        <NameDialog
          open
          onOpenChange={(open) => (open ? undefined : setNaming(null))}
          title={naming === 'new' ? 'Save this view' : 'Rename the view'}
          description="Filters, order and columns as they are shown; only you see it until you share it."
          present={naming === 'rename' ? (current?.name ?? '') : ''}
          placeholder="Failed this week"
          action={naming === 'new' ? 'Save view' : 'Rename'}
          onSubmit={named}
        />
      ) : null}
    </>
  );
}
