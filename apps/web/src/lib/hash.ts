/** What stands behind the # of the address, which a browser never sends: the place of secrets. */
export const readHash = (): string => window.location.hash.slice(1);

export function watchHash(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
}
