import { asTyped, count, figuresFor } from '../experiments/wording.ts';
import { twoSidedP, upperTail } from '../statistics/student-t.ts';
import { correctedOverWeek, measure, shrunken, trueVariance, type Measured } from './measured.ts';
import { saturating, type Story } from './story.ts';
import { beyondMany, bitsOf, expectedRange, predict, surpriseOf, type Expectation } from './surprise.ts';
import type { Result, Week, WeekResult } from './week.ts';

const CLAIMED_BELOW = 0.05;
/** Half of full marks: an effect of one bar beyond chance, three bits of evidence, three people or experiments that wait. */
const HALF = { bars: 1, bits: 3, followers: 3 } as const;
/** Two verdicts that say opposite things are worth a word even where chance explains the difference. */
const LEAST_CONTRADICTION = 0.1;

interface Ground {
  /** Of before and of the week: what is tried in one week is as alike as what was tried in two, and a first week has nothing else. */
  readonly others: readonly Measured[];
  readonly tau2: number;
  readonly among: number;
  /** By experiment, the results that answer the same question. */
  readonly pairs: ReadonlyMap<string, readonly Measured[]>;
  /** Pairs of results that answer one question: so many contradictions were looked for. */
  readonly askedAgain: number;
  /** Negative results that something hangs on. */
  readonly awaited: number;
  readonly corrected: ReadonlyMap<string, number>;
}

/** What the verdicts of the week have to tell: gains, surprises, contradictions, negative results. */
export function resultStories({ results, earlier }: Pick<Week, 'results' | 'earlier'>): readonly Story[] {
  const [week, before] = [measure(results), measure(earlier)];
  const pairs = pairedByQuestion(week, before);
  const ground: Ground = {
    others: [...before, ...week], tau2: trueVariance([...week, ...before]), among: week.length, corrected: correctedOverWeek(results),
    pairs, askedAgain: [...pairs.values()].reduce((sum, each) => sum + each.length, 0), awaited: week.filter(({ of }) => isNegative(of) && waitingFor(of) > 0).length,
  };
  return week.flatMap((one) => [improvement(one, ground), surprise(one, ground), contradiction(one, ground), negative(one, ground)].filter((story) => story !== null));
}

/** A gain that stands when everything the week tried is counted, by what is left of it when luck is taken off. */
function improvement(one: Measured<WeekResult>, { tau2, corrected, among }: Ground): Story | null {
  const p = corrected.get(one.of.experimentId) ?? 1;
  if (one.of.outcome !== 'SUPPORTED' || p >= CLAIMED_BELOW) return null;
  const kept = shrunken(one, tau2);
  const reason = `Supported: ${moved(one.of)}; ${asTyped(round(kept))} times the bar after taking off luck among ${count(among, 'result')} of the week.`;
  return { kind: 'IMPROVEMENT', subjectId: one.of.experimentId, title: one.of.name, reason, impact: saturating(kept, HALF.bars), surprise: saturating(bitsOf(p), HALF.bits) };
}

/** What lies outside of what its hypothesis and other results let one expect, further than the farthest of so many would by chance. */
function surprise(one: Measured<WeekResult>, { others, tau2, among }: Ground): Story | null {
  const known = others.filter(({ of }) => of.metric === one.of.metric && of.experimentId !== one.of.experimentId).map(({ effect }) => effect);
  const prediction = predict(one.of, known);
  if (prediction === null) return null;
  const bits = beyondMany(surpriseOf(one, prediction), among);
  if (bits === 0) return null;
  const away = shrunken({ ...one, effect: Math.abs(one.effect - prediction.centre) }, tau2);
  const reason = `${groundsOf(one.of, known.length)} one would expect ${rangeWords(one, prediction)}; it got ${effectWords(one.of)}.`;
  return { kind: 'SURPRISE', subjectId: one.of.experimentId, title: one.of.name, reason, impact: saturating(away, HALF.bars), surprise: saturating(bits, HALF.bits) };
}

/** What the expectation was computed from. Nobody said the range. */
function groundsOf({ direction, metric }: Result, known: number): string {
  const others = `${count(known, 'other result')} on ${metric}`;
  if (direction === null) return `From ${others}`;
  return known === 0 ? 'From its claim alone' : `From its claim and ${others}`;
}

/** The verdict of before on the same hypothesis or change that says the opposite; of several the one that is farthest away. */
function contradiction(one: Measured<WeekResult>, ground: Ground): Story | null {
  const { tau2 } = ground;
  const against = (ground.pairs.get(one.of.experimentId) ?? []).filter(({ of }) => opposite(one.of, of));
  const [other] = against.toSorted((a, b) => Math.abs(b.effect - one.effect) - Math.abs(a.effect - one.effect));
  if (!other) return null;
  const noise = Math.hypot(one.standardError, other.standardError);
  const apart = Math.abs(one.effect - other.effect);
  const bits = beyondMany(bitsOf(twoSidedP(apart / noise, one.degreesOfFreedom + other.degreesOfFreedom)), ground.askedAgain);
  const where = other.of.experimentId === one.of.experimentId ? 'Its verdict before' : other.of.key;
  const reason = `${sentence(one.of.outcome)} now (${effectWords(one.of)}), while ${where === other.of.key ? where : 'its verdict before'} said ${other.of.outcome.toLowerCase()} (${effectWords(other.of)})${bits === 0 ? '; chance alone could explain it' : ''}.`;
  return {
    kind: 'CONTRADICTION', subjectId: one.of.experimentId, title: one.of.name, reason,
    impact: Math.max(LEAST_CONTRADICTION, saturating(shrunken({ ...one, effect: apart, standardError: noise }, tau2), HALF.bars)), surprise: Math.max(LEAST_CONTRADICTION, saturating(bits, HALF.bits)),
  };
}

/** A firm "no" to something that others build on or wait for. */
function negative(one: Measured<WeekResult>, { awaited }: Ground): Story | null {
  const waiting = waitingFor(one.of);
  if (!isNegative(one.of) || waiting === 0) return null;
  const bits = beyondMany(bitsOf(upperTail((1 - one.effect) / one.standardError, one.degreesOfFreedom)), awaited);
  const found = one.of.outcome === 'EQUIVALENT' ? `makes no difference worth having (${effectWords(one.of)})` : `does not reach the bar (${effectWords(one.of)})`;
  const also = one.of.children > 0 ? 'a negative result that others build on' : 'a negative result';
  return { kind: 'NEGATIVE', subjectId: one.of.experimentId, title: one.of.name, reason: `Negative: it ${found}, and ${whoWaits(one.of)}.`, also, impact: saturating(waiting, HALF.followers), surprise: saturating(bits, HALF.bits) };
}

/** Only what was derived from it builds on it; other tests of its hypothesis and what is said about it are about the same. */
function whoWaits({ followers, children, people }: WeekResult): string {
  const about = followers - children;
  const hanging = [
    ...(children > 0 ? [`${count(children, 'experiment')} ${children === 1 ? 'builds' : 'build'} on it`] : []),
    ...(about > 0 ? [`${count(about, 'experiment or thread', 'experiments and threads')} ${about === 1 ? 'is' : 'are'} about the same`] : []),
    ...(people > 0 ? [`${count(people, 'other person takes', 'other people take')} part`] : []),
  ];
  return hanging.length < 2 ? hanging.join('') : `${hanging.slice(0, -1).join(', ')} and ${hanging.at(-1) ?? ''}`;
}

const waitingFor = ({ followers, people }: WeekResult): number => followers + people;
const DECIDED_AGAINST: ReadonlySet<string> = new Set(['REFUTED', 'EQUIVALENT']);
const isNegative = ({ outcome }: Result): boolean => DECIDED_AGAINST.has(outcome);
const opposite = (a: Result, b: Result): boolean => (a.outcome === 'SUPPORTED' && DECIDED_AGAINST.has(b.outcome)) || (b.outcome === 'SUPPORTED' && DECIDED_AGAINST.has(a.outcome));

/** What a result answers: two with a question in common can contradict each other. */
const questionsOf = ({ experimentId, hypothesisId, change, metric }: Result): readonly string[] =>
  [`e ${experimentId}`, ...(hypothesisId === null ? [] : [`h ${hypothesisId}`]), ...(change === null ? [] : [`c ${normal(change)}`])].map((question) => `${metric} ${question}`);

/** For each result of the week, those of before, and those of the week that were not paired with it yet, that answer one of its questions. */
function pairedByQuestion(week: readonly Measured<WeekResult>[], earlier: readonly Measured[]): ReadonlyMap<string, readonly Measured[]> {
  const known = new Map<string, Measured[]>();
  const note = (one: Measured): void => { for (const question of questionsOf(one.of)) known.set(question, [...(known.get(question) ?? []), one]); };
  for (const one of earlier) note(one);
  return new Map(week.map((one) => {
    const pairs = new Set(questionsOf(one.of).flatMap((question) => known.get(question) ?? []));
    note(one);
    return [one.of.experimentId, [...pairs]];
  }));
}

const normal = (words: string): string => words.toLowerCase().replaceAll(/[^\p{L}\p{N}.]+/gu, ' ').trim();
const sentence = (word: string): string => word.charAt(0) + word.slice(1).toLowerCase();
const round = (value: number): number => Number(value.toPrecision(2));

/** Effects are turned as hypothesised; people read them the way the metric goes. */
const turned = ({ direction }: Result, effect: number): number => (direction === 'DECREASE' ? -effect : effect);
const plus = (text: string): string => (text.startsWith('\u2212') ? text : `+${text}`);

function effectWords(of: Result): string {
  const figure = figuresFor(of.ciLow !== null && of.ciHigh !== null ? { low: of.ciLow, high: of.ciHigh } : null, of.effect ?? 0);
  const [a, b] = [turned(of, of.ciLow ?? 0), turned(of, of.ciHigh ?? 0)];
  return `${plus(figure(turned(of, of.effect ?? 0)))} ${of.metric}, 95 % [${figure(Math.min(a, b))}, ${figure(Math.max(a, b))}]`;
}

function moved(of: Result): string {
  const effect = turned(of, of.effect ?? 0);
  const figure = figuresFor(of.ciLow !== null && of.ciHigh !== null ? { low: of.ciLow, high: of.ciHigh } : null, effect);
  const [a, b] = [turned(of, of.ciLow ?? 0), turned(of, of.ciHigh ?? 0)];
  return `${of.metric} ${effect < 0 ? 'fell' : 'rose'} by ${figure(Math.abs(effect))}, 95 % [${figure(Math.min(a, b))}, ${figure(Math.max(a, b))}]`;
}

function rangeWords(one: Measured<WeekResult>, prediction: Expectation): string {
  const range = expectedRange(prediction);
  const [a, b] = [turned(one.of, range.low * one.bar), turned(one.of, range.high * one.bar)];
  const figure = figuresFor({ low: Math.min(a, b), high: Math.max(a, b) }, a);
  return `${plus(figure(Math.min(a, b)))} to ${plus(figure(Math.max(a, b)))}`;
}
