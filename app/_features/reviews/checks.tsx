import { Check, Clock, X } from 'lucide-react';
import { count } from '../../_ui/numbers.ts';
import { Section } from '../../_ui/section.tsx';
import type { ExperimentDetail } from '../experiments/experiment-documents.ts';
import { checksOf, type ReviewCheck } from './review-checks.ts';

const ICONS = { good: { Icon: Check, tone: 'ok' }, open: { Icon: Clock, tone: 'warn' }, bad: { Icon: X, tone: 'bad' } } as const;

/** What a reviewer would look at first, looked at already. */
export function Checks({ experiment }: { readonly experiment: ExperimentDetail }) {
  const checks = checksOf(experiment);
  const good = checks.filter((check) => check.state === 'good').length;
  return (
    <Section title="Checks" aside={<span className="num text-12 text-ink-3" aria-label={`${good} of ${count(checks.length, 'check')} are good`}>{good} of {checks.length}</span>}>
      <ul className="mt-1">{checks.map((check) => <CheckLine key={check.key} check={check} />)}</ul>
    </Section>
  );
}

function CheckLine({ check }: { readonly check: ReviewCheck }) {
  const { Icon, tone } = ICONS[check.state];
  return <li className="chk"><Icon className={tone} aria-hidden="true" /><span>{check.text}<span className="vh"> ({check.state})</span></span><span className="q">{check.detail}</span></li>;
}
