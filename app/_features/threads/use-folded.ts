import { useState } from 'react';
import { foldsAway, waitsUnread, type Settled } from './folded.ts';

/** Which of these fold away as resolved. One that was unread when it came stays until the page is left: it does not close under who reads it. */
export function useFolded(threads: readonly Settled[]): (thread: Settled) => boolean {
  const [kept, keep] = useState<readonly string[]>([]);
  const unread = threads.filter((thread) => waitsUnread(thread) && !kept.includes(thread.id)).map(({ id }) => id);
  if (unread.length > 0) keep([...kept, ...unread]);
  return (thread) => foldsAway(thread) && !kept.includes(thread.id);
}
