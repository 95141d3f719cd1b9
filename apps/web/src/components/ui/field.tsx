'use client';

import { useId, type ComponentProps, type ReactNode } from 'react';
import { classes } from '#web/lib/classes.ts';

export const controlLook = classes(
  'h-8 w-full rounded-md border border-line-strong bg-raised px-2.5 text-sm text-ink placeholder:text-ink-3',
  'hover:border-ink-3 disabled:cursor-not-allowed disabled:opacity-60 aria-invalid:border-bad',
);

export interface FieldProps {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  /** One sentence: what is wrong and what to do. */
  readonly error?: string | null | undefined;
  readonly className?: string;
  readonly children: (control: { id: string; 'aria-invalid': true | undefined; 'aria-describedby': string | undefined }) => ReactNode;
}

/** A label, its control, and under it a hint or the error, tied together for screen readers. */
export function Field({ label, hint, error, className, children }: FieldProps) {
  const id = useId();
  const note = `${id}-note`;
  return (
    <div className={classes('flex min-w-0 flex-col gap-1', className)}>
      <label htmlFor={id} className="text-xs font-medium text-ink-2">
        {label}
      </label>
      {children({ id, 'aria-invalid': error ? true : undefined, 'aria-describedby': error || hint ? note : undefined })}
      {error ? (
        <p id={note} role="alert" className="text-xs text-bad">
          {error}
        </p>
      ) : hint ? (
        <p id={note} className="text-xs text-ink-3">
          {hint}
        </p>
      ) : null}
    </div>
  );
}

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input {...rest} className={classes(controlLook, className)} />;
}

export interface TextFieldProps extends Omit<ComponentProps<'input'>, 'children'> {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly error?: string | null | undefined;
  readonly fieldClassName?: string;
}

/** The usual case: a field with one text or number input. */
export function TextField({ label, hint, error, fieldClassName, ...input }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error} {...(fieldClassName ? { className: fieldClassName } : {})}>
      {(control) => <Input {...input} {...control} />}
    </Field>
  );
}
