import Link from 'next/link';
import type { ComponentProps, ReactNode } from 'react';
import { classes } from '#web/lib/classes.ts';

type Tone = 'primary' | 'plain' | 'quiet' | 'danger';
type Size = 'small' | 'medium';

const tones: Record<Tone, string> = {
  primary: 'bg-accent-fill text-on-accent hover:bg-accent-fill-hover border-transparent',
  plain: 'bg-raised text-ink border-line-strong hover:bg-hover',
  quiet: 'bg-transparent text-ink-2 border-transparent hover:bg-hover hover:text-ink',
  danger: 'bg-raised text-bad border-line-strong hover:bg-bad-wash hover:border-bad',
};

const sizes: Record<Size, string> = { small: 'h-7 px-2 gap-1.5 text-xs', medium: 'h-8 px-3 gap-2 text-sm' };

function look(tone: Tone, size: Size, className?: string): string {
  return classes(
    'inline-flex shrink-0 items-center justify-center rounded-md border font-medium whitespace-nowrap transition-colors select-none',
    'disabled:cursor-not-allowed disabled:opacity-50 [&>svg]:size-4 [&>svg]:shrink-0',
    tones[tone],
    sizes[size],
    className,
  );
}

export interface ButtonProps extends ComponentProps<'button'> {
  readonly tone?: Tone;
  readonly size?: Size;
  /** Shows that the act is under way and keeps it from being repeated. */
  readonly busy?: boolean;
}

export function Button({ tone = 'plain', size = 'medium', busy, disabled, className, children, ...rest }: ButtonProps) {
  return (
    <button type="button" {...rest} disabled={disabled || busy} aria-busy={busy || undefined} className={look(tone, size, className)}>
      {busy ? <Spinner /> : null}
      {children}
    </button>
  );
}

export interface ButtonLinkProps extends ComponentProps<typeof Link> {
  readonly tone?: Tone;
  readonly size?: Size;
}

export function ButtonLink({ tone = 'plain', size = 'medium', className, ...rest }: ButtonLinkProps) {
  return <Link {...rest} className={look(tone, size, typeof className === 'string' ? className : undefined)} />;
}

export interface IconButtonProps extends ComponentProps<'button'> {
  /** Read by screen readers; say what happens. */
  readonly label: string;
  readonly children: ReactNode;
}

export function IconButton({ label, className, children, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      {...rest}
      className={classes(
        'inline-flex size-8 shrink-0 items-center justify-center rounded-md text-ink-2 transition-colors hover:bg-hover hover:text-ink disabled:cursor-not-allowed disabled:opacity-40 [&>svg]:size-4',
        className,
      )}
    >
      {children}
    </button>
  );
}

export function Spinner() {
  return <span aria-hidden className="size-3.5 animate-spin rounded-full border-2 border-current border-r-transparent" />;
}
