'use client';

import { lazy, Suspense } from 'react';

// A third of what a page of charts would have to load otherwise, for the sake of a comment that few of them show.
const RenderedMarkdown = lazy(() => import('./rendered-markdown.tsx').then((module) => ({ default: module.RenderedMarkdown })));

/** Markdown someone wrote; as it was typed, until what draws it is there. */
export function Markdown({ text }: { readonly text: string }) {
  return <Suspense fallback={<div className="md whitespace-pre-wrap">{text}</div>}><RenderedMarkdown text={text} /></Suspense>;
}
