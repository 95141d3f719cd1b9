'use client';

import { ArrowLeft, ArrowRight, ChevronDown, ExternalLink, Eye, EyeOff, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '#web/components/ui/button.tsx';
import { Kbd } from '#web/components/ui/kbd.tsx';
import { Menu, MenuItem, MenuLabel, MenuLink, MenuSeparator } from '#web/components/ui/menu.tsx';
import { ScrollRow } from '#web/components/ui/scroll-row.tsx';
import { classes } from '#web/lib/classes.ts';
import { leadOf, letterOf, type ShownEvaluation } from '../view/shown-evaluation.ts';
import type { UpdateView } from '../view/use-view-state.ts';
import type { ViewState } from '../view/view-state.ts';

interface VariantBarProps {
  readonly shown: readonly ShownEvaluation[];
  readonly view: ViewState;
  readonly update: UpdateView;
  /** Puts the evaluations in another order, or takes one out; left out where there is only the page's own. */
  readonly onEvaluations?: ((ids: readonly string[]) => void) | undefined;
  /** What brings another one in. */
  readonly add?: ReactNode;
}

/** The evaluations that are looked at together: which one leads, which are hidden, in which order. */
export function VariantBar({ shown, view, update, onEvaluations, add }: VariantBarProps) {
  const lead = leadOf(shown, view);
  return (
    <ScrollRow label="the evaluations" className="flex items-center gap-1.5">
      <div role="group" aria-label="Evaluations" className="flex items-center gap-1.5">
        {shown.map((one, place) => (
          <Chip
            key={one.id}
            shown={shown}
            place={place}
            leading={place === lead}
            view={view}
            update={update}
            onEvaluations={onEvaluations}
          />
        ))}
      </div>
      {add}
    </ScrollRow>
  );
}

interface ChipProps extends Omit<VariantBarProps, 'add'> {
  readonly place: number;
  readonly leading: boolean;
}

function Chip({ shown, place, leading, view, update, onEvaluations }: ChipProps) {
  const { id, name, detail, href } = shown[place]!;
  const hidden = !leading && view.hidden.includes(place);
  const ids = shown.map((one) => one.id);
  const swapped = (by: -1 | 1): string[] => {
    const next = [...ids];
    [next[place], next[place + by]] = [next[place + by]!, next[place]!];
    return next;
  };
  const hide = (): void => update({ hidden: hidden ? view.hidden.filter((one) => one !== place) : [...view.hidden, place].sort() });
  return (
    <div
      className={classes(
        'inline-flex h-9 shrink-0 items-center rounded-md border',
        leading ? 'border-accent bg-selected' : 'border-line-strong bg-raised',
      )}
    >
      <button
        type="button"
        aria-pressed={leading}
        aria-keyshortcuts={String(place + 1)}
        title={`${name}, ${detail}: its residual, outcome and score are shown in the grid (key ${place + 1})`}
        onClick={() => update({ lead: place })}
        className={classes('flex h-full min-w-0 items-center gap-2 rounded-l-md pl-2 hover:bg-hover', shown.length === 1 && 'pr-2')}
      >
        <Kbd>{letterOf(place)}</Kbd>
        <span className={classes('flex flex-col items-start text-left leading-tight', hidden && 'opacity-50')}>
          <span className="max-w-40 truncate text-xs font-medium">{name}</span>
          <span className="max-w-40 truncate text-2xs text-ink-3">{hidden ? 'hidden' : detail}</span>
        </span>
      </button>
      {shown.length > 1 || onEvaluations ? (
        <Menu
          align="end"
          trigger={
            <IconButton label={`More about ${letterOf(place)}, ${name}`} className="!size-8">
              <ChevronDown />
            </IconButton>
          }
        >
          <MenuLabel>
            {name}, {detail}
          </MenuLabel>
          {leading ? null : (
            <MenuItem onSelect={hide}>
              {hidden ? <Eye /> : <EyeOff />} {hidden ? 'Show' : 'Hide'}
            </MenuItem>
          )}
          {onEvaluations && place > 0 ? (
            <MenuItem onSelect={() => onEvaluations(swapped(-1))}>
              <ArrowLeft /> Move to the left
            </MenuItem>
          ) : null}
          {onEvaluations && place < shown.length - 1 ? (
            <MenuItem onSelect={() => onEvaluations(swapped(1))}>
              <ArrowRight /> Move to the right
            </MenuItem>
          ) : null}
          <MenuLink href={href}>
            <ExternalLink /> Open the evaluation
          </MenuLink>
          {onEvaluations && shown.length > 1 ? (
            <>
              <MenuSeparator />
              <MenuItem onSelect={() => onEvaluations(ids.filter((other) => other !== id))}>
                <X /> Take out
              </MenuItem>
            </>
          ) : null}
        </Menu>
      ) : null}
    </div>
  );
}
