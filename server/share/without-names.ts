import type { SharedExperiment, SharedHypothesis, SharedLineage } from '../../contracts/share-page.ts';
import type { ShareLink } from '../../operations/ports/share-links.ts';
import type { Context } from '../context.ts';
import { leaveOutWords, leftOutNames, type LeaveOut } from './left-out-words.ts';
import type { SubjectShown } from './subject-shown.ts';

type Shown = SubjectShown['shown'];

/** The page without the names that the sharer left out, where people wrote them into titles, hypotheses and reasons. Settings and metrics have redactions of their own. */
export async function withoutNames(context: Context, link: Pick<ShareLink, 'projectId' | 'redact'>, shown: Shown): Promise<Shown> {
  if (!link.redact.includes('PEOPLE') && !link.redact.includes('ORGANIZATION')) return shown;
  return cleaned(shown, leaveOutWords(await leftOutNames(context, link, shown)));
}

function cleaned(shown: Shown, leaveOut: LeaveOut): Shown {
  const hypothesisOf = (hypothesis: SharedHypothesis): SharedHypothesis => ({ ...hypothesis, statement: leaveOut(hypothesis.statement), change: optional(hypothesis.change, leaveOut), because: optional(hypothesis.because, leaveOut) });
  const experimentOf = (experiment: SharedExperiment): SharedExperiment => ({ ...experiment, name: leaveOut(experiment.name), verdict: experiment.verdict && { ...experiment.verdict, explanation: leaveOut(experiment.verdict.explanation) } });
  const title = leaveOut(shown.title);
  switch (shown.subject) {
    case 'experiment': case 'hypothesis': return { ...shown, title, hypothesis: hypothesisOf(shown.hypothesis), experiments: shown.experiments.map(experimentOf) };
    case 'comparison': return { ...shown, title, hypothesis: hypothesisOf(shown.hypothesis), comparison: { ...shown.comparison, runs: shown.comparison.runs.map((run) => ({ ...run, name: leaveOut(run.name) })), experiment: experimentOf(shown.comparison.experiment) } };
    case 'run': return { ...shown, title, hypothesis: hypothesisOf(shown.hypothesis), run: { ...shown.run, name: leaveOut(shown.run.name), excluded: optional(shown.run.excluded, leaveOut), experiment: { ...shown.run.experiment, name: leaveOut(shown.run.experiment.name) } } };
    case 'lineage': return { ...shown, title, lineage: lineageWithout(shown.lineage, leaveOut) };
    case 'note': return { ...shown, title, note: { ...shown.note, evidence: shown.note.evidence.map((each) => ({ hypothesis: hypothesisOf(each.hypothesis), experiment: experimentOf(each.experiment) })) } };
  }
}

function lineageWithout({ best, nodes, ...rest }: SharedLineage, leaveOut: LeaveOut): SharedLineage {
  return { ...rest, nodes: nodes.map((node) => ({ ...node, label: leaveOut(node.label) })), best: best && { ...best, steps: best.steps.map((step) => ({ ...step, name: leaveOut(step.name) })) } };
}

const optional = (text: string | null, leaveOut: LeaveOut): string | null => (text === null ? null : leaveOut(text));
