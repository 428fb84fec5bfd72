'use client';

import { useCallback, useState } from 'react';

/** For what an effect reads: a number to name among its dependencies, and the call that makes it read once more. */
export function useAgain(): readonly [round: number, again: () => void] {
  const [round, setRound] = useState(0);
  return [round, useCallback(() => setRound((before) => before + 1), [])];
}
