'use client';

import { useEffect, useState, type RefObject } from 'react';
import { useMutation } from 'urql';
import { MarkRead, type ThreadDetail } from './thread-documents.ts';

/** What is in view for so long was read. */
const READ_AFTER_MS = 1200;

/**
 * Marks a thread as read once its end was in view for a moment. Answers the comment that was the first unread one when the page came, so that the line above it stays where
 * it is until the page is left.
 */
export function useReadMarks(thread: ThreadDetail, end: RefObject<HTMLElement | null>): string | null {
  const { count, first } = thread.unread;
  const [line, setLine] = useState(first);
  if (line === null && first !== null) setLine(first);
  const [, mark] = useMutation(MarkRead);
  const newest = thread.commentPage.nodes.at(-1)?.id ?? null;
  useEffect(() => {
    const element = end.current;
    if (element === null || newest === null || count === 0) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const observer = new IntersectionObserver(([entry]) => {
      clearTimeout(timer);
      if (entry?.isIntersecting === true) timer = setTimeout(() => { if (!document.hidden) void mark({ input: { thread: thread.id, comment: newest } }); }, READ_AFTER_MS);
    });
    observer.observe(element);
    return () => { clearTimeout(timer); observer.disconnect(); };
  }, [end, newest, count, thread.id, mark]);
  return line;
}
