import type { EvidenceKind, EvidenceSnapshot, SnapshotMakeup, SnapshotRun, SnapshotVerdict } from './evidence-snapshot.ts';

/** One difference between what was looked at and what is there now. */
export interface EvidenceChange {
  readonly kind: EvidenceKind;
  /** Without its subject's capital and full stop, to stand in a longer sentence: "run 7 ended". */
  readonly words: string;
}

const MOST_NAMES = 3;

function listed(runs: readonly SnapshotRun[]): string {
  const names = runs.slice(0, MOST_NAMES).map(({ name }) => name);
  const more = runs.length - names.length;
  return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

const some = (runs: readonly SnapshotRun[], one: string, many: string): readonly string[] => {
  if (runs.length === 0) return [];
  return [runs.length === 1 ? `run ${listed(runs)} ${one}` : `${runs.length} runs ${many} (${listed(runs)})`];
};

/** Numbers as a reader says them: always with their sign. */
export const signed = (value: number | null): string => (value === null ? 'none' : `${value < 0 ? '−' : '+'}${Math.abs(Number(value.toPrecision(3)))}`);

type Words = readonly (readonly [EvidenceKind, readonly string[]])[];

function runChanges(before: EvidenceSnapshot, now: EvidenceSnapshot): Words {
  const [then, today] = [new Map(before.runs.map((run) => [run.id, run])), new Map(now.runs.map((run) => [run.id, run]))];
  const both = now.runs.flatMap((run) => { const old = then.get(run.id); return old === undefined ? [] : [{ old, run }]; });
  const those = (differ: (old: SnapshotRun, run: SnapshotRun) => boolean): readonly SnapshotRun[] => both.filter(({ old, run }) => differ(old, run)).map(({ run }) => run);
  const added = now.runs.filter(({ id }) => !then.has(id));
  return [
    ['RUNS', [
      ...some(added.filter(({ status }) => status === 'FINISHED'), 'ended', 'ended'),
      ...some(added.filter(({ status }) => status !== 'FINISHED'), 'failed or was stopped', 'failed or were stopped'),
      ...some(before.runs.filter(({ id }) => !today.has(id)), 'was deleted or moved away', 'were deleted or moved away'),
      ...some(those((old, run) => !old.excluded && run.excluded), 'was left out', 'were left out'),
      ...some(those((old, run) => old.excluded && !run.excluded), 'counts again', 'count again'),
      ...some(those((old, run) => old.status !== run.status), 'has another status', 'have another status'),
      ...(before.more === now.more ? [] : [`${Math.abs(now.more - before.more)} runs ${now.more > before.more ? 'more' : 'fewer'} beyond those listed`]),
    ]],
    ['METRICS', [...some(those((old, run) => old.mark !== run.mark && old.excluded === run.excluded && old.status === run.status), 'logged other values', 'logged other values')]],
  ];
}

/** A field of a hypothesis: a text, a number, or names. */
function text(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ') || 'nothing';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : 'nothing';
}

function hypothesisChanges({ hypothesis: before }: EvidenceSnapshot, { hypothesis: now }: EvidenceSnapshot): readonly string[] {
  if (before === null || now === null) return before === now ? [] : [now === null ? 'the hypothesis was taken away' : 'a hypothesis was written'];
  const names: Readonly<Record<string, string>> = { statement: 'statement', change: 'change', because: 'reason', metric: 'metric', direction: 'direction', minEffect: 'bar', guardrails: 'guardrails' };
  return Object.entries(names).filter(([field]) => JSON.stringify(before[field] ?? null) !== JSON.stringify(now[field] ?? null)).map(([field, name]) => `the hypothesis' ${name} went from ${text(before[field])} to ${text(now[field])}`);
}

function verdictChanges(before: SnapshotVerdict | null, now: SnapshotVerdict | null): readonly string[] {
  if (before === null || now === null) return before === now ? [] : [now === null ? 'there is no verdict any more' : `the verdict is ${now.outcome.toLowerCase()}, ${signed(now.effect)}`];
  const outcome = before.outcome === now.outcome ? [] : [`the verdict went from ${before.outcome.toLowerCase()} to ${now.outcome.toLowerCase()}`];
  if (before.metric !== now.metric) return [...outcome, `it is judged by ${now.metric}, not ${before.metric}`];
  if (before.effect !== now.effect) return [...outcome, `the effect moved from ${signed(before.effect)} to ${signed(now.effect)}`];
  const interval = before.ciLow !== now.ciLow || before.ciHigh !== now.ciHigh;
  return interval ? [...outcome, `its interval went from ${signed(before.ciLow)} to ${signed(before.ciHigh)}, to ${signed(now.ciLow)} to ${signed(now.ciHigh)}`] : outcome;
}

const codeWords = ({ code, dirty, diff }: SnapshotMakeup): readonly string[] => (code === null ? [] : [`${code.slice(0, 10)}${dirty ? ` with uncommitted changes${diff === undefined ? '' : ` ${diff}`}` : ''}`]);

/** Of variants that are in both: what they are made of cannot change but where their makeup was completed; what is new or gone is told by its versions. */
function makeupChanges(before: EvidenceSnapshot, now: EvidenceSnapshot): Words {
  const part = (read: (makeup: SnapshotMakeup) => readonly string[], name: string): readonly string[] => {
    const [then, today] = [before, now].map(({ variants }) => new Set(Object.values(variants).flatMap(read))) as [Set<string>, Set<string>];
    const added = [...today].filter((each) => !then.has(each));
    const gone = [...then].filter((each) => !today.has(each));
    return [...(added.length > 0 ? [`${name} ${added.slice(0, MOST_NAMES).join(', ')} came in`] : []), ...(gone.length > 0 ? [`${name} ${gone.slice(0, MOST_NAMES).join(', ')} is gone`] : [])];
  };
  return [
    ['CODE', part(codeWords, 'code')],
    ['DATA', part(({ data }) => data.map(({ name, digest }) => `${name} ${digest.slice(0, 8)}`), 'data')],
    ['ENVIRONMENT', part(({ environment }) => (environment === null ? [] : [environment.slice(0, 8)]), 'environment')],
    ['CONFIG', variantChanges(before, now)],
  ];
}

/** A variant is known by its settings: its label names what tells it from the others, so that one odd run may rename all of them, which changes nothing. */
function variantChanges({ variants: before }: EvidenceSnapshot, { variants: now }: EvidenceSnapshot): readonly string[] {
  const notIn = (others: EvidenceSnapshot['variants'], those: EvidenceSnapshot['variants']): readonly string[] => {
    const known = new Set(Object.values(others).map(({ config }) => config));
    return Object.values(those).filter(({ config }) => !known.has(config)).map(({ label }) => label).slice(0, MOST_NAMES);
  };
  const [added, gone] = [notIn(before, now), notIn(now, before)];
  return [...(added.length > 0 ? [`variant ${added.join(', ')} came in`] : []), ...(gone.length > 0 ? [`variant ${gone.join(', ')} is gone`] : [])];
}

function baselineChanges(before: EvidenceSnapshot, now: EvidenceSnapshot): readonly string[] {
  const config = ({ variants }: EvidenceSnapshot): string | undefined => Object.values(variants).find(({ role }) => role === 'BASELINE')?.config;
  const renamed = config(before) !== undefined && config(before) === config(now);
  return before.baseline === now.baseline || renamed ? [] : [`the baseline went from ${before.baseline ?? 'none'} to ${now.baseline ?? 'none'}`];
}

/** Everything that differs, what happened first and what follows from it last. */
export function evidenceDelta(before: EvidenceSnapshot, now: EvidenceSnapshot): readonly EvidenceChange[] {
  const words: Words = [
    ...runChanges(before, now),
    ['HYPOTHESIS', hypothesisChanges(before, now)],
    ['DESCRIPTION', before.description === now.description ? [] : ['the description was changed']],
    ['DESIGN', before.design === now.design ? [] : [`the design went from ${before.design.toLowerCase().replaceAll('_', ' ')} to ${now.design.toLowerCase().replaceAll('_', ' ')}`]],
    ['BASELINE', baselineChanges(before, now)],
    ...makeupChanges(before, now),
    ['PROJECT', before.projectId === now.projectId ? [] : ['the experiment was moved to another project']],
    ['VERDICT', verdictChanges(before.verdict, now.verdict)],
  ];
  return words.flatMap(([kind, sentences]) => sentences.map((each) => ({ kind, words: each })));
}

/** Whether a decision on what was looked at still speaks of what is there: nothing that matters differs. What cannot be told apart is another thing. */
export function stillHolds(before: EvidenceSnapshot | null, now: EvidenceSnapshot | null, material: readonly EvidenceKind[]): boolean {
  if (before === null || now === null) return false;
  const changes = evidenceDelta(before, now);
  return changes.length > 0 && changes.every(({ kind }) => !material.includes(kind));
}

/** "run 7 ended and moved the effect from +0.3 to +0.1": the cause, and what it did. Null when nothing can be named. */
export function reasonWords(changes: readonly EvidenceChange[]): string | null {
  const causes = changes.filter(({ kind }) => kind !== 'VERDICT' && kind !== 'CONFIG' && kind !== 'CODE' && kind !== 'DATA' && kind !== 'ENVIRONMENT');
  const told = causes.length > 0 ? causes : changes.filter(({ kind }) => kind !== 'VERDICT');
  const [first, ...more] = told;
  const moved = changes.find(({ kind, words }) => kind === 'VERDICT' && words.startsWith('the effect moved'))?.words.replace('the effect moved', 'moved the effect');
  const verdict = changes.find(({ kind }) => kind === 'VERDICT')?.words;
  if (first === undefined) return verdict ?? null;
  const cause = more.length === 0 ? first.words : `${first.words}, ${more.slice(0, 2).map(({ words }) => words).join(', ')}${more.length > 2 ? ` and ${more.length - 2} more changes` : ''}`;
  if (moved !== undefined) return `${cause} and ${moved}`;
  return verdict === undefined ? cause : `${cause}, and ${verdict}`;
}
