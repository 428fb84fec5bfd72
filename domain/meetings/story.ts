/** Why something is on an agenda. */
export const ITEM_KINDS = ['OPEN_ACTIONS', 'IMPROVEMENT', 'SURPRISE', 'CONTRADICTION', 'STALLED', 'NEGATIVE', 'BURN', 'DUE', 'EXPLORATORY', 'TOPIC'] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];

/** Something of the week that is worth talking about. */
export interface Story {
  readonly kind: ItemKind;
  /** The experiment or hypothesis it is about; null for the week itself. */
  readonly subjectId: string | null;
  readonly title: string;
  /** Why it is on the agenda, as a sentence. */
  readonly reason: string;
  /** What is said of it beside a stronger reason, where that is not the same for all of its kind. */
  readonly also?: string;
  /** From 0 to 1: how much hangs on it. */
  readonly impact: number;
  /** From 0 to 1: how little it was to be expected. */
  readonly surprise: number;
}

/** 0 for nothing, 1/2 for one `half`, nearly 1 for many: the first of anything matters more than the tenth. */
export const saturating = (size: number, half: number): number => 1 - 2 ** (-Math.max(0, size) / half);

export const scoreOf = ({ impact, surprise }: Pick<Story, 'impact' | 'surprise'>): number => impact * surprise;

/** A second story of a kind is worth this share of its score, a third the square of it. */
const REPEATED = 0.4;

/**
 * The order of an agenda: impact times surprise, with diminishing returns for what was just talked about (greedy, as in maximal marginal relevance; Carbonell and Goldstein, SIGIR 1998).
 * A thing is on the agenda once, for its strongest reason; another reason is told beside it.
 */
export function rankStories(stories: readonly Story[]): readonly Story[] {
  const left = onePerSubject(stories);
  const ranked: Story[] = [];
  const told = new Map<ItemKind, number>();
  while (left.length > 0) {
    const worth = (story: Story): number => scoreOf(story) * REPEATED ** (told.get(story.kind) ?? 0);
    let best = 0;
    for (const [index, story] of left.entries()) if (worth(story) > worth(left[best] ?? story)) best = index;
    const [next] = left.splice(best, 1);
    if (!next) break;
    ranked.push(next);
    told.set(next.kind, (told.get(next.kind) ?? 0) + 1);
  }
  return ranked;
}

function onePerSubject(stories: readonly Story[]): Story[] {
  const bySubject = new Map<string, Story[]>();
  const loose: Story[] = [];
  for (const story of stories) {
    if (story.subjectId === null) loose.push(story);
    else bySubject.set(story.subjectId, [...(bySubject.get(story.subjectId) ?? []), story]);
  }
  const merged = [...bySubject.values()].flatMap((own) => {
    const [first, ...others] = own.toSorted((a, b) => scoreOf(b) - scoreOf(a));
    if (!first) return [];
    const also = others.filter(({ kind }) => kind !== first.kind).map(({ kind, also: own }) => own ?? ALSO[kind]).filter((words) => words !== undefined);
    return [also.length === 0 ? first : { ...first, reason: `${first.reason} Also: ${[...new Set(also)].join(', ')}.` }];
  });
  return [...merged, ...loose];
}

const ALSO: Partial<Readonly<Record<ItemKind, string>>> = {
  IMPROVEMENT: 'one of the largest gains of the week', SURPRISE: 'far from what was to be expected', CONTRADICTION: 'it contradicts an earlier verdict', NEGATIVE: 'a negative result',
  BURN: 'it took much of the compute', DUE: 'a decision is due',
};
