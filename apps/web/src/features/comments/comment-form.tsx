'use client';

import { useQuery } from '@apollo/client/react';
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { flushSync } from 'react-dom';
import { useProject } from '#web/components/frame/project-context.tsx';
import { Button } from '#web/components/ui/button.tsx';
import { classes } from '#web/lib/classes.ts';
import { controlLook } from '#web/components/ui/field.tsx';
import { nodes } from '#web/graphql/nodes.ts';
import { Begun, useBegun } from './begun.ts';
import { peopleDocument } from './documents.ts';
import { completions, mentionedIn, startedMention, type Person } from './mentions.ts';

/** Everybody of the team, for mentions. */
export function usePeople(): readonly Person[] {
  const project = useProject();
  const { data } = useQuery(peopleDocument, { variables: { projectId: project.id } });
  const members = data?.project?.team.members;
  return useMemo(() => (members ? nodes(members).map(({ user }) => user) : []), [members]);
}

/** Words that are not sent yet. */
const begunWords = new Begun<string>();

interface CommentFormProps {
  /** What the words are about: what was typed and not sent stands here again when the form comes back. */
  readonly about: string;
  readonly label: string;
  readonly action: string;
  readonly initial?: string;
  readonly focused?: boolean;
  /** @returns one sentence where it was refused */
  readonly onSubmit: (body: string, mentions: string[]) => Promise<string | null>;
  /** Puts the form away. */
  readonly onCancel?: () => void;
}

/** Words of a comment; @ completes the name of a person, Ctrl or ⌘ and Enter sends. Escape puts the form away with its words kept, Cancel drops them. */
export function CommentForm({ about, label, action, initial = '', focused, onSubmit, onCancel }: CommentFormProps) {
  const people = usePeople();
  const field = useRef<HTMLTextAreaElement>(null);
  const list = useId();
  const [begun, setText] = useBegun(begunWords, about);
  const text = begun ?? initial;
  const [caret, setCaret] = useState(text.length);
  const [chosen, setChosen] = useState(0);
  const [closedAt, setClosedAt] = useState<number | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    if (focused) field.current?.focus();
  }, [focused]);

  const started = startedMention(text, caret);
  const found = started && started.from !== closedAt ? completions(people, started.typed) : [];
  const complete = (person: Person): void => {
    if (!started) return;
    const before = `${text.slice(0, started.from)}@${person.name} `;
    // At once, so that the next letter typed already stands behind the name.
    flushSync(() => {
      setText(before + text.slice(caret).replace(/^ /, ''));
      setCaret(before.length);
      setClosedAt(started.from);
      setChosen(0);
    });
    field.current?.focus();
    field.current?.setSelectionRange(before.length, before.length);
  };
  const submit = async (): Promise<void> => {
    if (busy || !text.trim()) return;
    setBusy(true);
    const refused = await onSubmit(text, mentionedIn(text, people));
    setBusy(false);
    setProblem(refused);
    if (refused === null) setText(undefined);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void submit();
      return;
    }
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (found.length > 0 && (step !== 0 || event.key === 'Enter' || event.key === 'Tab' || event.key === 'Escape')) {
      event.preventDefault();
      event.stopPropagation();
      if (step !== 0) setChosen((chosen + step + found.length) % found.length);
      else if (event.key === 'Escape') setClosedAt(started!.from);
      else complete(found[Math.min(chosen, found.length - 1)]!);
    } else if (event.key === 'Escape' && onCancel) {
      event.preventDefault();
      event.stopPropagation();
      onCancel();
    }
  };
  return (
    <form
      className="relative flex flex-col gap-1.5"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <textarea
        ref={field}
        aria-label={label}
        aria-autocomplete="list"
        aria-controls={found.length > 0 ? list : undefined}
        aria-invalid={problem ? true : undefined}
        placeholder={`${label}; @ mentions somebody`}
        rows={3}
        maxLength={5000}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setCaret(event.target.selectionStart);
          setClosedAt(null);
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={onKeyDown}
        className={classes(controlLook, 'h-auto! resize-y py-1.5')}
      />
      {found.length > 0 ? (
        <ul
          id={list}
          role="listbox"
          aria-label="People to mention"
          className="absolute top-full left-0 z-30 -mt-9 min-w-44 rounded-md border border-line-strong bg-raised p-1 shadow-float"
        >
          {found.map((person, i) => (
            <li
              key={person.id}
              role="option"
              aria-selected={i === chosen}
              onPointerDown={(event) => {
                event.preventDefault();
                complete(person);
              }}
              className={classes('cursor-pointer rounded-sm px-2 py-1 text-sm', i === chosen && 'bg-hover')}
            >
              {person.name}
            </li>
          ))}
        </ul>
      ) : null}
      {problem ? (
        <p role="alert" className="text-xs text-bad">
          {problem}
        </p>
      ) : null}
      <div className="flex justify-end gap-2">
        {onCancel ? (
          <Button
            size="small"
            tone="quiet"
            onClick={() => {
              setText(undefined);
              onCancel();
            }}
          >
            Cancel
          </Button>
        ) : null}
        <Button size="small" tone="primary" type="submit" busy={busy} disabled={!text.trim()}>
          {action}
        </Button>
      </div>
    </form>
  );
}
