import type { OpenSharePage, SharedFrame } from '../../contracts/share-page.ts';
import type { ShareLink } from '../../operations/ports/share-links.ts';
import type { Context } from '../context.ts';

type WithoutFrame<Page> = Page extends SharedFrame ? Omit<Page, Exclude<keyof SharedFrame, 'title'>> : never;

/** What a page shows of its subject, redacted, the digests of the evidence in it, and the experiments that it is of. */
export interface SubjectShown { readonly shown: WithoutFrame<OpenSharePage>; readonly digests: readonly string[]; readonly experiments: readonly string[] }

export type SubjectReader = (context: Context, link: ShareLink) => Promise<SubjectShown | null>;
