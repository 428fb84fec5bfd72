/** What a reviewer would look at first. The last two only a person can say. */
export const CHECK_KEYS = ['stated', 'attribution', 'repeats', 'settled', 'baseline', 'duplicates', 'reproducible', 'split', 'jump', 'test-metric', 'left-out', 'test-untouched', 'plausible'] as const;
export type CheckKey = (typeof CHECK_KEYS)[number];

/** Those that Lemma cannot look at. */
export const BY_PEOPLE: readonly CheckKey[] = ['test-untouched', 'plausible'];
