'use client';

import { useMutation } from '@apollo/client/react';
import { useState, type FormEvent } from 'react';
import { Button } from '#web/components/ui/button.tsx';
import { Dialog } from '#web/components/ui/dialog.tsx';
import { ShownOnceDialog } from '#web/components/ui/shown-once-dialog.tsx';
import { Field, TextField } from '#web/components/ui/field.tsx';
import { Select } from '#web/components/ui/select.tsx';
import { issuesOf, sentenceOf } from '#web/graphql/failure.ts';
import type { WebhookEvent } from '#web/graphql/generated/graphql.ts';
import type { Viewer } from '#web/server/viewer.ts';
import { changeWebhookDocument, createWebhookDocument } from './documents.ts';
import { webhookEvents } from './events.ts';

const everyProject = '*';

export interface WebhookDialogProps {
  readonly team: Viewer['teams'][number]['team'];
  /** The webhook that is changed; none for a new one. */
  readonly webhook: { readonly id: string; readonly url: string; readonly events: readonly WebhookEvent[] } | null;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Address and events of a webhook; of a new one the secret follows, which is shown this once. */
export function WebhookDialog({ team, webhook, onClose, onDone }: WebhookDialogProps) {
  const [url, setUrl] = useState(webhook?.url ?? '');
  const [projectId, setProjectId] = useState(everyProject);
  const [events, setEvents] = useState<ReadonlySet<WebhookEvent>>(new Set(webhook?.events ?? webhookEvents.map(({ value }) => value)));
  const [issues, setIssues] = useState<Readonly<Record<string, string>>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const [create, creating] = useMutation(createWebhookDocument, { fetchPolicy: 'no-cache' });
  const [change, changing] = useMutation(changeWebhookDocument);

  async function ask() {
    const chosen = webhookEvents.flatMap(({ value }) => (events.has(value) ? [value] : []));
    if (webhook) return (await change({ variables: { input: { id: webhook.id, url, events: chosen } } })).data?.changeWebhook;
    const input = { teamId: team.id, projectId: projectId === everyProject ? null : projectId, url, events: chosen };
    return (await create({ variables: { input } })).data?.createWebhook;
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    setIssues({});
    setProblem(null);
    try {
      const result = await ask();
      if (result?.__typename === 'CreateWebhookSuccess') {
        setSecret(result.secret);
        return onDone();
      }
      if (result?.__typename === 'ChangeWebhookSuccess') {
        onDone();
        return onClose();
      }
      const found = issuesOf(result);
      setIssues(found);
      if (!found['url'] && !found['events']) setProblem(found[''] ?? sentenceOf(result));
    } catch (failure) {
      setProblem(sentenceOf(failure));
    }
  }

  const onOpenChange = (open: boolean) => (open ? undefined : onClose());
  if (secret)
    return (
      <ShownOnceDialog
        open
        title="Copy the secret now"
        description="Every delivery is signed with it."
        text={secret}
        label="the secret"
        warning="It is shown only this once. If it is lost, delete the webhook and make another."
        onClose={onClose}
      >
        <p className="text-xs text-ink-3">
          <code className="font-mono">X-Plumbline-Signature: t=…,v1=…</code> holds the HMAC-SHA256 of the time, a dot and the body.
        </p>
      </ShownOnceDialog>
    );
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title={webhook ? 'Change the webhook' : 'New webhook'}
      description={webhook ? 'Its secret stays.' : 'An address of yours that is called when something ends.'}
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <TextField
          label="Address"
          type="text"
          inputMode="url"
          value={url}
          onChange={(event) => setUrl(event.target.value)}
          error={issues['url']}
          hint="A public one, unless whoever runs the platform allows others."
          placeholder="https://example.org/plumbline"
          autoFocus
          required
          maxLength={2000}
        />
        {webhook ? null : (
          <Field label="For">
            {(control) => (
              <Select
                {...control}
                value={projectId}
                onValueChange={setProjectId}
                options={[
                  { value: everyProject, label: 'Every project of the team' },
                  ...team.projects.map(({ id, name }) => ({ value: id, label: name })),
                ]}
              />
            )}
          </Field>
        )}
        <fieldset className="flex flex-col gap-1.5">
          <legend className="mb-1 text-xs font-medium text-ink-2">Called when</legend>
          {webhookEvents.map(({ value, label }) => (
            <label key={value} className="flex items-center gap-2">
              <input
                type="checkbox"
                checked={events.has(value)}
                onChange={() => {
                  const chosen = new Set(events);
                  if (!chosen.delete(value)) chosen.add(value);
                  setEvents(chosen);
                }}
                className="size-3.5 accent-(--accent)"
              />
              {label}
            </label>
          ))}
          {issues['events'] ? (
            <p role="alert" className="text-xs text-bad">
              {issues['events']}
            </p>
          ) : null}
        </fieldset>
        {problem ? (
          <p role="alert" className="text-bad">
            {problem}
          </p>
        ) : null}
        <div className="flex justify-end">
          <Button tone="primary" type="submit" busy={creating.loading || changing.loading}>
            {webhook ? 'Change' : 'Make webhook'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
