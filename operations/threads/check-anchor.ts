import { anchorText, runsOfAnchor, type ThreadAnchor } from '../../domain/threads/anchor.ts';
import { badInput } from '../../domain/refusal.ts';
import type { Seen } from '../../domain/threads/seen.ts';
import type { Ports } from '../ports/ports.ts';
import type { Transaction } from '../ports/store.ts';
import type { Subject } from '../ports/threads.ts';
import { lookAtAnchors } from './look-at-anchors.ts';

const elsewhere = (what: string) => badInput('thread/anchor-unknown', `${what} Point at something of what you discuss, or leave the anchor out.`);

/** How many of an experiment's runs are asked for the metrics they logged. */
const MOST_RUNS = 1000;

/** What stands at the anchor, to be kept with the thread. Refuses an anchor that names a run, metric, param, file, review or row that is not of the subject, whether or not it is somewhere else. */
export async function checkAnchor(ports: Pick<Ports, 'metrics'>, tx: Transaction, subject: Subject, anchor: ThreadAnchor): Promise<Seen | null> {
  await requireRightPlace(tx, subject, anchor);
  const named = runsOfAnchor(anchor);
  if (named.length > 0 && (await tx.threads.runsOfSubject(subject, named)).length < named.length) throw elsewhere('The anchor names a run that is not of this.');
  if ((anchor.kind === 'point' || anchor.kind === 'range') && !(await hasMetric(ports, tx, subject, anchor))) throw elsewhere(`No metric ${anchor.metric} was logged here.`);
  const seen = (await lookAtAnchors(ports, tx, [{ id: '', subjectId: subject.id, subjectKind: subject.kind, anchor }])).get('') ?? null;
  const mayBeAbsent = anchor.kind === 'point' || anchor.kind === 'range';
  if (seen === null && !mayBeAbsent) throw elsewhere(`There is nothing ${anchorText(anchor)} here.`);
  return seen;
}

const ON_EXPERIMENT = 'Only an experiment has a verdict, variants and reviews.';
const ofExperiment = ({ kind }: Subject): string | null => (kind === 'experiment' ? null : ON_EXPERIMENT);

type Rule = (subject: Subject, anchor: ThreadAnchor) => string | null;
const names = (anchor: ThreadAnchor): boolean => runsOfAnchor(anchor).length > 0;

/** Some places are only on some things: what is wrong, or null. */
const RULES: Readonly<Partial<Record<ThreadAnchor['kind'], Rule>>> = {
  verdict: ofExperiment,
  variants: ofExperiment,
  review: ofExperiment,
  text: ({ kind }) => (kind === 'note' ? null : 'Only a note has passages.'),
  artifact: ({ kind }, anchor) => (kind === 'run' || names(anchor) ? null : 'A file belongs to a run: name it.'),
  config: ({ kind }, anchor) => (kind === 'run' || kind === 'experiment' || names(anchor) ? null : 'A setting belongs to a run or an experiment: name one.'),
};

async function requireRightPlace(tx: Transaction, subject: Subject, anchor: ThreadAnchor): Promise<void> {
  const wrong = RULES[anchor.kind]?.(subject, anchor) ?? null;
  if (wrong !== null) throw elsewhere(wrong);
  if (anchor.kind === 'review' && !(await tx.reviews.ofExperiment(subject.id)).some(({ id }) => id === anchor.review)) throw elsewhere('The anchor names a review that is not of this experiment.');
}

async function hasMetric({ metrics }: Pick<Ports, 'metrics'>, tx: Transaction, subject: Subject, { metric, run }: { readonly metric: string; readonly run?: string }): Promise<boolean> {
  if ((await tx.threads.hypothesisMetrics(subject)).includes(metric)) return true;
  const runIds = run !== undefined ? [run] : subject.kind === 'run' ? [subject.id] : subject.kind === 'experiment' ? await tx.threads.newestRuns(subject.id, MOST_RUNS) : null;
  if (runIds === null) return tx.threads.isMetricOfProject(subject.projectId, metric);
  return [...(await metrics.names(new Map([['', runIds]]))).values()].some((names) => names.has(metric));
}
