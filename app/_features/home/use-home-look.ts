'use client';

import { useEffect } from 'react';
import { useMutation } from 'urql';
import { usePageVisible } from '../../_ui/use-page-visible.ts';
import { LookAtHome } from './home-query.ts';

/** So long the page lies before somebody until they have seen it. */
const SEEN_IN_MS = 3_000;

/** Tells the server once, each time the page comes into view, that it was seen; a page in a hidden tab is not, however often it refreshes. Answers what marks all as seen. */
export function useHomeLook(refresh: () => void): () => void {
  const visible = usePageVisible();
  const [, look] = useMutation(LookAtHome);
  useEffect(() => {
    if (!visible) return undefined;
    const timer = setTimeout(() => { void look({ input: {} }); }, SEEN_IN_MS);
    return () => clearTimeout(timer);
  }, [visible, look]);
  return () => { void look({ input: { all: true } }).then(refresh); };
}
