/** The part of a camera's track that is looked at. */
type Track = Pick<MediaStreamTrack, 'muted' | 'readyState' | 'addEventListener' | 'removeEventListener'>;

/**
 * Says in one sentence why no picture comes any more, and null when it comes again.
 * @returns ends it
 */
export function watchTrack(track: Track, say: (problem: string | null) => void): () => void {
  const look = (): void =>
    say(
      track.readyState === 'ended'
        ? 'The camera was taken away while it was shown: plug it in again, then try again.'
        : track.muted
          ? 'The camera sends no picture at the moment: it goes on by itself when one comes, or look whether it is covered or used elsewhere.'
          : null,
    );
  const events = ['ended', 'mute', 'unmute'] as const;
  for (const event of events) track.addEventListener(event, look);
  // It may have gone before anybody listened.
  if (track.readyState === 'ended' || track.muted) look();
  return () => {
    for (const event of events) track.removeEventListener(event, look);
  };
}
