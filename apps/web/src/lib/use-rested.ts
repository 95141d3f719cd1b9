import { useEffect, useState } from 'react';

/** The text as it was when it last stayed the same for so many milliseconds. @param initial before it first did */
export function useRested(text: string, milliseconds: number, initial = text): string {
  const [rested, setRested] = useState(initial);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), milliseconds);
    return () => clearTimeout(timer);
  }, [text, milliseconds]);
  return rested;
}
