'use client';

import { count } from '../../_ui/numbers.ts';
import { Effect } from '../verdicts/effect.tsx';
import { kindOf } from '../verdicts/verdict-badge.tsx';
import type { ShownPath } from './lineage-documents.ts';
import { outcomeOf } from './lineage-side.tsx';

/** The way to the best result, step by step, each with what its own verdict found. */
export function BestPathStrip({ path, chosen, onChoose }: { readonly path: ShownPath | null; readonly chosen: string | null; readonly onChoose: (id: string) => void }) {
  if (path === null) return <p className="hint mt-2">No path to a best result yet: it begins with the first verdict that supports a hypothesis.</p>;
  return (
    <section className="lin-path" aria-label="Path to the best result">
      <h2>The path to the best <span className="mono">{path.metric}</span></h2>
      <ol>
        {path.steps.map(({ id, key, label, finding, words }) => (
          <li key={id}>
            <button type="button" aria-pressed={id === chosen} title={words} onClick={() => onChoose(id)}><span className="mono text-ink-3">{key}</span> <b>{label}</b></button>
            {finding === null ? <span className="hint">no verdict</span> : <Effect effect={finding.effect} low={finding.ciLow} high={finding.ciHigh} kind={kindOf(outcomeOf(finding.outcome))} />}
          </li>
        ))}
      </ol>
      <p className="hint">Each step is against its own baseline, so steps do not add up.{path.steps.length === 1 ? ' No parents are named: name them in the experiment’s menu, and the path grows.' : ''}{path.forks > 0 ? ` ${count(path.forks, 'step')} had more than one parent: there are other ways.` : ''}</p>
    </section>
  );
}
