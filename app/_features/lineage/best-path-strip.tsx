'use client';

import { count } from '../../_ui/numbers.ts';
import { ChangedVariableChip } from '../variants/changed-variable-chip.tsx';
import { Effect } from '../verdicts/effect.tsx';
import { effectScale } from '../verdicts/interval-geometry.ts';
import { kindOf } from '../verdicts/verdict-badge.tsx';
import type { ShownPath } from './lineage-documents.ts';
import { outcomeOf } from './lineage-side.tsx';

type Step = ShownPath['steps'][number];

/** Of a design that changes many on purpose, as many are shown; the experiment has them all. */
const MOST_CHANGED = 3;

/** The way to the best result, step by step, each with what it changed and what its own verdict found. */
export function BestPathStrip({ path, chosen, onChoose }: { readonly path: ShownPath | null; readonly chosen: string | null; readonly onChoose: (id: string) => void }) {
  if (path === null) return <p className="hint mt-2">No path to a best result yet: it begins with the first verdict that supports a hypothesis.</p>;
  const alike = path.steps.flatMap(({ finding }) => (finding?.metric === path.metric ? [finding] : []));
  const scale = effectScale(alike.map(({ effect, ciLow, ciHigh }) => ({ mid: effect, low: ciLow, high: ciHigh })));
  return (
    <section className="lin-path" aria-label="Path to the best result">
      <h2>The path to the best <span className="mono">{path.metric}</span></h2>
      <ol>
        {path.steps.map(({ id, key, label, finding, words, experiment }) => (
          <li key={id}>
            <button type="button" aria-pressed={id === chosen} title={words} onClick={() => onChoose(id)}><span className="mono text-ink-3">{key}</span> <b>{label}</b></button>
            <Changed by={experiment} />
            {finding === null ? <span className="hint">no verdict</span> : <Effect effect={finding.effect} low={finding.ciLow} high={finding.ciHigh} kind={kindOf(outcomeOf(finding.outcome))} scale={finding.metric === path.metric ? scale : undefined} />}
          </li>
        ))}
      </ol>
      <p className="hint">Each step is against its own baseline, so steps do not add up.{path.steps.length === 1 ? ' No parents are named: name them in the experiment’s menu, and the path grows.' : ''}{path.forks > 0 ? ` ${count(path.forks, 'step')} had more than one parent: there are other ways.` : ''}</p>
    </section>
  );
}

/** The change that the step's gain is put down to; where it cannot be put down to one, that. */
function Changed({ by }: { readonly by: Step['experiment'] }) {
  if (by === null) return null;
  const { changedVariables: all, attributionWarning } = by;
  if (attributionWarning !== null) return <span className="warn" title={attributionWarning}>{all.length} variables changed together</span>;
  return <>{all.slice(0, MOST_CHANGED).map((one) => <ChangedVariableChip key={`${one.kind} ${one.name}`} of={one} />)}{all.length > MOST_CHANGED && <span className="hint">and {all.length - MOST_CHANGED} more</span>}</>;
}
