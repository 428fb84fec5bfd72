import { count } from '../../_ui/numbers.ts';
import { Section } from '../../_ui/section.tsx';
import type { ExperimentDetail } from '../experiments/experiment-documents.ts';

/** What an approval is of: the parts behind the digest, and what turns it stale. */
export function EvidenceSection({ experiment }: { readonly experiment: ExperimentDetail }) {
  const { evidence } = experiment;
  const left = [evidence.excludedRuns > 0 ? `${evidence.excludedRuns} excluded` : null, evidence.failedRuns > 0 ? `${evidence.failedRuns} failed or stopped` : null].filter((part) => part !== null);
  return (
    <Section title="Evidence" aside={<span className="mono text-12 text-ink-2" title={experiment.evidenceDigest}>{digestText(experiment.evidenceDigest)}</span>}>
      <dl className="dl mt-2">
        <dt>runs</dt><dd>{count(evidence.countedRuns, 'run')} counted{left.length > 0 && `, ${left.join(', ')}`}</dd>
        <dt>code</dt><dd className="mono">{listText(evidence.code)}</dd>
        <dt>data</dt><dd className="mono">{listText(evidence.data)}</dd>
        <dt>metrics</dt><dd className="mono">{listText(evidence.metrics)}</dd>
      </dl>
      <p className="hint mt-2">An approval binds to this digest and turns stale if runs, code, data, metric or verdict change.</p>
    </Section>
  );
}

function digestText(digest: string): string {
  return digest === '' ? 'none yet' : `${digest.slice(0, 4)}·${digest.slice(4, 8)}`;
}

function listText(parts: readonly string[]): string {
  if (parts.length === 0) return 'not recorded';
  return parts.length > 3 ? `${parts.slice(0, 3).join(', ')} and ${parts.length - 3} more` : parts.join(', ');
}
