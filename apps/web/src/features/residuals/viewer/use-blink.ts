'use client';

import { useEffect, useState } from 'react';

/** Long enough to see what is there, short enough to see what moves. */
const PERIOD = 550;

/** 0 and 1 in turn while it is on. */
export function useBlink(on: boolean): 0 | 1 {
  const [phase, setPhase] = useState<0 | 1>(0);
  useEffect(() => {
    if (!on) return;
    const timer = setInterval(() => setPhase((now) => (now === 0 ? 1 : 0)), PERIOD);
    return () => clearInterval(timer);
  }, [on]);
  return on ? phase : 0;
}
