import { classes } from '#web/lib/classes.ts';
import { outcomeWords } from '../data/images.ts';
import type { Outcome } from '../pixels/confusion.ts';

const shapes: Readonly<Record<Outcome, { look: string; path: React.ReactNode }>> = {
  tp: { look: 'text-good', path: <circle cx="6" cy="6" r="4.5" fill="currentColor" /> },
  fn: { look: 'text-bad', path: <path d="M6 1 11.5 11H.5z" fill="currentColor" /> },
  fp: { look: 'text-warn', path: <path d="M6 .5 11.5 6 6 11.5.5 6z" fill="currentColor" /> },
  tn: { look: 'text-ink-3', path: <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.6" /> },
};

function Shape({ outcome, className }: { outcome: Outcome; className: string }) {
  return (
    <svg viewBox="0 0 12 12" aria-hidden className={classes('shrink-0', className)}>
      {shapes[outcome].path}
    </svg>
  );
}

/** The outcome of an image at the image threshold: a shape and letters, never colour alone. */
export function OutcomeMark({ outcome, words, className }: { outcome: Outcome; words?: boolean; className?: string }) {
  const { letters, word, meaning } = outcomeWords[outcome];
  return (
    <span
      title={`${word}: ${meaning}`}
      className={classes('relative inline-flex items-center gap-1 text-2xs font-semibold', shapes[outcome].look, className)}
    >
      <Shape outcome={outcome} className="size-2.5" />
      {letters}
      {words ? <span className="font-medium max-sm:sr-only">{word}</span> : <span className="sr-only">{word}</span>}
    </span>
  );
}

/** The outcome under one of the other evaluations: its letter and the shape. @param outcome null where it did not measure the image or has no threshold */
export function SmallMark({ letter, outcome }: { letter: string; outcome: Outcome | null }) {
  return (
    <span className={classes('inline-flex items-center gap-0.5 text-2xs leading-none', outcome ? shapes[outcome].look : 'text-ink-3')}>
      <span className="text-ink-3">{letter}</span>
      {outcome ? <Shape outcome={outcome} className="size-2" /> : '–'}
      <span className="sr-only">{outcome ? outcomeWords[outcome].word : 'not measured'}</span>
    </span>
  );
}
