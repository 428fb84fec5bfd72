'use client';

import { createContext, useContext } from 'react';

/** How a passage that a thread is about stands in the text at this moment. */
export interface PassageNow {
  /** What it says; null where it is gone. */
  readonly words: string | null;
  readonly show: () => void;
}

/** Answers for the threads beside a text; null where the text does not say, or is not there. */
export const PassageContext = createContext<(thread: string) => PassageNow | null>(() => null);

export const usePassage = (thread: string): PassageNow | null => useContext(PassageContext)(thread);
