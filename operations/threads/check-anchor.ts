import { anchorText, liesOutside, runsOfAnchor, stepsText, type ChartPlace, type ThreadAnchor } from '../../domain/threads/anchor.ts';
import { badInput } from '../../domain/refusal.ts';
import type { Seen } from '../../domain/threads/seen.ts';
import type { Ports } from '../ports/ports.ts';
import type { Transaction } from '../ports/store.ts';
import type { Subject } from '../ports/threads.ts';
import { checkPassage } from './check-passage.ts';
import { lookAtAnchors } from './look-at-anchors.ts';
import { quoteLine } from './look-at-line.ts';

const elsewhere = (what: string) => badInput('thread/anchor-unknown', `${what} Point at something of what you discuss, or leave the anchor out.`);

/** How many of an experiment's runs are asked for the metrics they logged. */
const MOST_RUNS = 1000;

/** The anchor and what stands there, to be kept with the thread. Refuses an anchor that names a run, metric, param, file, review or row that is not of the subject, whether or not it is somewhere else, and a line that its file does not have. */
export async function checkAnchor(ports: Pick<Ports, 'metrics' | 'blobs' | 'noteDocuments'>, tx: Transaction, subject: Subject, { anchor, personId }: { readonly anchor: ThreadAnchor; readonly personId: string }): Promise<{ readonly anchor: ThreadAnchor; readonly seen: Seen | null }> {
  await requireRightPlace(tx, subject, anchor);
  if (anchor.kind === 'text') return { anchor, seen: await checkPassage(ports, tx, subject.id, { passage: anchor, personId }) };
  const named = runsOfAnchor(anchor);
  if (named.length > 0 && (await tx.threads.runsOfSubject(subject, named)).length < named.length) throw elsewhere('The anchor names a run that is not of this.');
  if (anchor.kind === 'point' || anchor.kind === 'range') await requireDrawn(ports, tx, subject, anchor);
  const seen = (await lookAtAnchors(ports, tx, [{ id: '', subjectId: subject.id, subjectKind: subject.kind, anchor }])).get('') ?? null;
  const mayBeAbsent = anchor.kind === 'point' || anchor.kind === 'range';
  if (seen === null && !mayBeAbsent) throw elsewhere(`There is nothing ${anchorText(anchor)} here.`);
  return { anchor: anchor.kind === 'artifact' ? await quoteLine(ports.blobs, anchor, seen) : anchor, seen };
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

/** A place of a chart is of a metric that was logged, at steps that were; before anything was, the metric of the hypothesis may be talked about anywhere. */
async function requireDrawn({ metrics }: Pick<Ports, 'metrics'>, tx: Transaction, subject: Subject, anchor: ChartPlace): Promise<void> {
  const { metric } = anchor;
  const runIds = await runsDrawn(tx, subject, anchor.run);
  const logged = runIds === null ? [] : [...(await metrics.summaries(runIds, [metric])).values()].flat();
  if (logged.length === 0) {
    if ((await tx.threads.hypothesisMetrics(subject)).includes(metric) || (runIds === null && (await tx.threads.isMetricOfProject(subject.projectId, metric)))) return;
    throw elsewhere(`No metric ${metric} was logged here.`);
  }
  const steps = { first: Math.min(...logged.map(({ firstStep }) => Number(firstStep))), last: Math.max(...logged.map(({ lastStep }) => Number(lastStep))) };
  if (liesOutside(anchor, steps)) throw elsewhere(`${metric} was logged at ${stepsText(steps.first, steps.last)}, and the anchor lies outside.`);
}

/** Whose curves a chart about the subject draws; null where those are too many to ask. */
async function runsDrawn(tx: Transaction, subject: Subject, run: string | undefined): Promise<readonly string[] | null> {
  if (run !== undefined) return [run];
  if (subject.kind === 'run') return [subject.id];
  return subject.kind === 'experiment' ? tx.threads.newestRuns(subject.id, MOST_RUNS) : null;
}
