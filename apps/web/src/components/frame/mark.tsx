/** The sign of the house: a bob on its line. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 16 16" aria-hidden className={className}>
      <path d="M8 0v6" stroke="currentColor" strokeWidth="1.5" />
      <path d="M5 6h6l-1 4-2 6-2-6z" fill="var(--accent)" />
    </svg>
  );
}
