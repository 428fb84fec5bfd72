'use client';

import Link from 'next/link';
import { Button, ButtonLink } from '../../_ui/button.tsx';
import { formatMoment } from '../../_ui/moments.ts';
import { count } from '../../_ui/numbers.ts';
import { Effect } from '../verdicts/effect.tsx';
import { kindOf, VerdictBadge, wordOf } from '../verdicts/verdict-badge.tsx';
import type { ShownNode } from './lineage-documents.ts';
import { addressOfNode, KIND_WORDS, markOf } from './lineage-words.ts';
import type { Graph } from './use-lineage.ts';

const MOST_NEIGHBOURS = 12;
type Outcome = 'SUPPORTED' | 'REFUTED' | 'EQUIVALENT' | 'INCONCLUSIVE';
export const outcomeOf = (text: string): Outcome => text as Outcome;

interface SideProps {
  readonly graph: Graph;
  readonly chosen: string;
  readonly onChoose: (id: string | null) => void;
  /** Shows only its ancestors and descendants; null where they are what is shown. */
  readonly onOnly: (() => void) | null;
}

/** What the chosen node is, what was found, and what stands before and behind it. */
export function LineageSide({ graph, chosen, onChoose, onOnly }: SideProps) {
  const place = graph.placeOf.get(chosen);
  const node = place === undefined ? undefined : graph.lineage.nodes[place];
  if (node === undefined || place === undefined) return null;
  const address = addressOfNode(node);
  return (
    <aside className="lin-side" aria-label="Chosen node">
      <p className="hint">{node.kind === 'RUN' && node.count === 1 ? 'run' : KIND_WORDS[node.kind]}{node.key === null ? '' : ` · ${node.key}`} · <time dateTime={new Date(node.at).toISOString()}>{formatMoment(new Date(node.at))}</time></p>
      <h2>{node.label}</h2>
      <Facts node={node} />
      <div className="row wrap mt-2">
        {address === null ? null : <ButtonLink small href={address}>Open</ButtonLink>}
        {onOnly === null || node.id.startsWith('folded ') ? null : <Button small onClick={onOnly}>Only its lineage</Button>}
        <Button small onClick={() => onChoose(null)}>Close</Button>
      </div>
      <Neighbours title="Came from" places={neighbours(graph, place, 'back')} graph={graph} onChoose={onChoose} />
      <Neighbours title="Led to" places={neighbours(graph, place, 'forth')} graph={graph} onChoose={onChoose} />
    </aside>
  );
}

function Facts({ node: { kind, finding, detail, count: many, hiddenParents, key } }: { readonly node: ShownNode }) {
  return (
    <>
      {kind === 'EXPERIMENT' && finding === null ? <p className="text-ink-3">No verdict yet: what it gained is not known.</p> : null}
      {finding === null ? null : <p className="row wrap"><VerdictBadge of={wordOf(outcomeOf(finding.outcome))} /> <span className="mono text-12">{finding.metric}</span> <Effect effect={finding.effect} low={finding.ciLow} high={finding.ciHigh} kind={kindOf(outcomeOf(finding.outcome))} /><span className="hint">{finding.treatmentRuns} against {finding.baselineRuns}</span></p>}
      {detail === null ? null : <p className="text-ink-2 mono text-12 break-words">{detail}</p>}
      {many > 1 ? <p className="text-ink-3">Stands for {many} of them.{key === null ? null : <> <Link className="lk" href={`/e/${key}?tab=runs`}>See each</Link></>}</p> : null}
      {hiddenParents > 0 ? <p className="text-ink-3">It also came from {count(hiddenParents, 'experiment')} in projects that you may not see.</p> : null}
    </>
  );
}

function neighbours({ drawing: { links } }: Graph, place: number, way: 'forth' | 'back'): readonly number[] {
  const [here, there] = way === 'forth' ? [links.from, links.to] : [links.to, links.from];
  return [...new Set(here.flatMap((node, at) => (node === place ? [there[at] ?? -1] : [])))];
}

function Neighbours({ title, places, graph, onChoose }: { readonly title: string; readonly places: readonly number[]; readonly graph: Graph; readonly onChoose: (id: string) => void }) {
  if (places.length === 0) return null;
  return (
    <section className="mt-3" aria-label={title}>
      <h3>{title} <span className="num text-ink-3">{places.length}</span></h3>
      <ul>
        {places.slice(0, MOST_NEIGHBOURS).map((place) => {
          const node = graph.lineage.nodes[place];
          return node ? <li key={node.id}><button type="button" className="lk text-left" onClick={() => onChoose(node.id)}>{markOf(node).label}</button> <span className="hint">{KIND_WORDS[node.kind]}</span></li> : null;
        })}
        {places.length > MOST_NEIGHBOURS ? <li className="hint">and {places.length - MOST_NEIGHBOURS} more</li> : null}
      </ul>
    </section>
  );
}
