import type { VerdictOutcome } from '../experiments/against-baseline.ts';
import type { Difference } from './config-distance.ts';
import { NEAR, type Distance } from './distance.ts';

/**
 * EXACT: the same recipe and the same seed, so the result is there already. REPEAT: the same recipe with another seed: wanted within an experiment, and worth saying between two.
 * NEAR: a recipe below the distance at which an earlier result answers what the later asks.
 */
export type MatchKind = 'EXACT' | 'REPEAT' | 'NEAR';
export const MATCH_KINDS = ['EXACT', 'REPEAT', 'NEAR'] as const satisfies readonly MatchKind[];

/** A project's word on what comes of a match: it is said, or nothing starts until somebody gives a reason. */
export type DuplicatePolicy = 'WARN' | 'STOP';
export const DUPLICATE_POLICIES = ['WARN', 'STOP'] as const satisfies readonly DuplicatePolicy[];

export interface EarlierRun {
  readonly id: string;
  readonly name: string;
  readonly seed: string | null;
  readonly experimentId: string;
  /** VIS-12 */
  readonly experiment: string;
  readonly experimentName: string;
  readonly verdict: VerdictOutcome | null;
}

export interface Match {
  readonly kind: MatchKind;
  readonly run: EarlierRun;
  readonly distance: number;
  readonly differences: readonly Difference[];
  readonly sentence: string;
}

/** `seed`, `experiment`: of the run that is about to start; null where not known. */
export interface Asker { readonly seed: string | null; readonly experiment: string | null }

/** The match of a run that an exact digest found. */
export function sameRecipe(run: EarlierRun, { seed, experiment }: Asker): Match {
  const kind = run.seed === seed ? 'EXACT' : 'REPEAT';
  const what = kind === 'EXACT' ? `The same as ${run.experiment}'s run ${run.name}${seed === null ? '' : ', seed and all'}` : `The same as ${run.experiment}'s run ${run.name} but for the seed (${run.seed ?? 'none'} there, ${seed ?? 'none'} here)`;
  const why = kind === 'REPEAT' && run.experiment === experiment ? '; a repeat, as statistics need them' : verdictWords(run);
  return { kind, run, distance: 0, differences: [], sentence: `${what}${why}.` };
}

/** The match of a run that is near; null when it is not. */
export function nearRecipe(run: EarlierRun, { distance, differences }: Distance): Match | null {
  if (distance >= NEAR) return null;
  const named = differences.toSorted((a, b) => b.weight - a.weight);
  return { kind: 'NEAR', run, distance, differences: named, sentence: `The same as ${run.experiment}'s run ${run.name}${differenceWords(named)}${nearWords(distance)}${verdictWords(run)}.` };
}

/** A hundredth of what two runs may differ by is nothing to speak of. */
const nearWords = (distance: number): string => (distance < NEAR / 100 ? ' in all that tells runs apart' : ` (near: a distance of ${distance.toFixed(3)}, and from ${NEAR} on runs are different)`);

const verdictWords = ({ experiment, verdict }: EarlierRun): string => (verdict === null ? `; ${experiment} has no verdict yet` : `; ${experiment} was ${verdict === 'EQUIVALENT' ? 'found to make no difference' : verdict.toLowerCase()}`);

const MOST_NAMED = 3;

function differenceWords(differences: readonly Difference[]): string {
  if (differences.length === 0) return '';
  const named = differences.slice(0, MOST_NAMED).map(({ name, from, to }) => (from === null || to === null ? `${name} (${from === null ? 'only here' : 'only there'})` : from === to ? name : `${name} ${brief(from)} → ${brief(to)}`));
  const more = differences.length - named.length;
  return ` but for ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

const MOST_SHOWN = 40;
const brief = (text: string): string => (text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text);

/** Which come first: the same before the near, then what has a verdict, then the closest. */
export const byTelling = (a: Match, b: Match): number => MATCH_KINDS.indexOf(a.kind) - MATCH_KINDS.indexOf(b.kind) || Number(a.run.verdict === null) - Number(b.run.verdict === null) || a.distance - b.distance;
