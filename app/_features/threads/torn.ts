import type { ThreadDetail } from './thread-documents.ts';

type Numbered = Pick<ThreadDetail, 'number'> & { readonly commentPage: { readonly nodes: readonly { readonly number: number }[] } };

const hasGap = (things: readonly { readonly number: number }[]): boolean => things.some(({ number }, at) => at > 0 && number !== (things[at - 1]?.number ?? 0) + 1);

/** Whether something is missing between what is shown: it was said after the page was read and before the page could hear of it. */
export const isTorn = (threads: readonly Numbered[]): boolean => hasGap(threads) || threads.some(({ commentPage }) => hasGap(commentPage.nodes));
