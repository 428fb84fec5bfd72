'use client';

import { useSyncExternalStore } from 'react';
import { typingWords } from './typing-words.ts';
import type { TypingFeed } from './use-typing.ts';

/** Who writes in a thread at this moment. Listens by itself: nothing around it is drawn again for it. */
export function TypingLine({ feed, thread }: { readonly feed: TypingFeed; readonly thread: string }) {
  const words = useSyncExternalStore(feed.subscribe, () => typingWords(feed.namesIn(thread)), () => null);
  return <p className="typing" aria-live="polite">{words}</p>;
}
