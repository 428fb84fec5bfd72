import type { KatexOptions } from 'katex';

/** More of one formula is not drawn. */
export const MOST_LATEX = 10_000;

/** Nothing in a formula can load, link, run or grow without bound; one that cannot be read says where. */
export const MATH_OPTIONS = { throwOnError: false, trust: false, strict: 'ignore', maxSize: 20, maxExpand: 500, errorColor: 'var(--refuted)' } as const satisfies KatexOptions;
