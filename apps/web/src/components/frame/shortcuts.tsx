'use client';

import { createContext, useContext, useEffect, useId, useMemo, useRef, useState, type ReactNode } from 'react';
import { Dialog } from '#web/components/ui/dialog.tsx';
import { Kbd } from '#web/components/ui/kbd.tsx';
import { advance, isActivating, isTyping, keyCaps, pressName } from './shortcut-keys.ts';
import { useApple } from './use-apple.ts';

export interface Shortcut {
  /** "?", "mod+k", "mod+shift+z", "ArrowLeft" or a sequence "g d". */
  readonly keys: string;
  readonly does: string;
  /** Left out for keys that a component handles itself and only lists here. */
  readonly run?: () => void;
  /** Also while one types and over a dialog, where keys otherwise belong to the field and the dialog. */
  readonly everywhere?: true;
}

interface Registry {
  register: (id: string, group: { title: string; shortcuts: () => readonly Shortcut[] } | null) => void;
  openHelp: () => void;
  isSequence: (keys: string) => boolean;
}

const ShortcutContext = createContext<Registry | null>(null);

function useRegistry(): Registry {
  const registry = useContext(ShortcutContext);
  if (!registry) throw new Error('Shortcuts need the ShortcutProvider of the frame.');
  return registry;
}

/** How long the second key of a sequence is waited for. */
export const SEQUENCE_MS = 1_000;

/** On a dialog that handles its own keys (the opened image): sequences such as "g d" go past it, as they do everywhere. */
export const LETS_SEQUENCES = 'data-lets-sequences';

/** Binds keys while the component is mounted and lists them in the `?` dialog under `title`. */
export function useShortcuts(title: string, shortcuts: readonly Shortcut[]): void {
  const { register } = useRegistry();
  const id = useId();
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    register(id, { title, shortcuts: () => latest.current });
    return () => register(id, null);
  }, [id, title, register]);
}

/** Opens the list of all shortcuts. */
export function useShortcutHelp(): () => void {
  return useRegistry().openHelp;
}

/** Tells whether a sequence such as "g d" is bound now: a component that handles its own keys leaves that one to the frame. */
export function useIsSequence(): (keys: string) => boolean {
  return useRegistry().isSequence;
}

type Group = { title: string; shortcuts: () => readonly Shortcut[] };

export function ShortcutProvider({ children }: { children: ReactNode }) {
  const groups = useRef(new Map<string, Group>());
  const apple = useApple();
  const [help, setHelp] = useState<readonly { title: string; shortcuts: readonly Shortcut[] }[] | null>(null);

  const registry = useMemo<Registry>(
    () => ({
      register: (id, group) => {
        if (group) groups.current.set(id, group);
        else groups.current.delete(id);
      },
      openHelp: () => {
        // Parts of the page that name the same place stand under one title.
        const titled = new Map<string, Shortcut[]>();
        for (const { title, shortcuts } of groups.current.values()) titled.set(title, [...(titled.get(title) ?? []), ...shortcuts()]);
        setHelp([...titled].map(([title, shortcuts]) => ({ title, shortcuts })));
      },
      isSequence: (keys) =>
        keys.includes(' ') && [...groups.current.values()].some((group) => group.shortcuts().some((shortcut) => shortcut.keys === keys)),
    }),
    [],
  );

  useEffect(() => {
    let typed = '';
    let typedAt = -Infinity;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const press = pressName(event);
      const shortcuts = [...groups.current.values()].flatMap((group) => group.shortcuts());
      const everywhere = shortcuts.some((shortcut) => shortcut.everywhere && shortcut.keys === press);
      if ((isTyping(event.target) || isActivating(press, event.target)) && !everywhere) return;
      const dialogs = [...document.querySelectorAll('[role="dialog"][data-state="open"]')];
      if (dialogs.some((dialog) => !dialog.matches(`[${LETS_SEQUENCES}]`)) && !everywhere) return;
      // Later groups are the deeper components: they win over the frame.
      const bound = new Map(
        shortcuts
          // What is only listed takes no key from what does something.
          .filter((shortcut) => shortcut.run && (dialogs.length === 0 || shortcut.everywhere || shortcut.keys.includes(' ')))
          .map((shortcut) => [shortcut.keys, shortcut]),
      );
      if (press === '?') {
        registry.openHelp();
        return;
      }
      // By the times of the presses: a page that is busy between them must not break the sequence.
      const step = advance(event.timeStamp - typedAt < SEQUENCE_MS ? typed : '', press, bound.keys());
      typed = step.kind === 'pending' ? step.typed : '';
      typedAt = event.timeStamp;
      const run = step.kind === 'match' ? bound.get(step.keys)?.run : undefined;
      if (run) {
        event.preventDefault();
        // Parts of other makers listen at the window, too: one press does one thing.
        event.stopImmediatePropagation();
        run();
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [registry]);

  return (
    <ShortcutContext.Provider value={registry}>
      {children}
      <Dialog open={help !== null} onOpenChange={(open) => (open ? undefined : setHelp(null))} title="Keyboard" wide>
        <div className="grid gap-x-8 gap-y-5 pb-2 sm:grid-cols-2">
          {help?.map((group) => (
            <section key={group.title}>
              <h3 className="mb-1 text-xs font-medium text-ink-3">{group.title}</h3>
              <dl>
                {group.shortcuts.map((shortcut) => (
                  <div key={shortcut.keys} className="flex min-h-8 items-center justify-between gap-4 border-b py-1 last:border-b-0">
                    <dt>{shortcut.does}</dt>
                    <dd className="flex shrink-0 gap-1">
                      {keyCaps(shortcut.keys, apple).map((cap, index) => (
                        <Kbd key={index}>{cap}</Kbd>
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      </Dialog>
    </ShortcutContext.Provider>
  );
}
