/** Priorities that have a name; any whole number from -100 to 100 is possible through the API. */
export const namedPriorities = [
  { value: 10, name: 'high' },
  { value: 0, name: 'usual' },
  { value: -10, name: 'low' },
] as const;

/** "high", "usual", or "25". */
export function priorityWords(priority: number): string {
  return namedPriorities.find(({ value }) => value === priority)?.name ?? String(priority);
}
