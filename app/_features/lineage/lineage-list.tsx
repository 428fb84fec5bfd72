'use client';

import Link from 'next/link';
import { useState } from 'react';
import { Button } from '../../_ui/button.tsx';
import { Field } from '../../_ui/field.tsx';
import { formatMoment } from '../../_ui/moments.ts';
import { formatNumber } from '../../_ui/numbers.ts';
import { Effect } from '../verdicts/effect.tsx';
import { kindOf } from '../verdicts/verdict-badge.tsx';
import { addressOfNode, KIND_WORDS, markOf } from './lineage-words.ts';
import { outcomeOf } from './lineage-side.tsx';
import type { Graph } from './use-lineage.ts';

const A_PAGE = 200;

/** The same as rows, for who reads or hears rather than looks: what each is, what it came from, what it led to. Newest first. */
export function LineageList({ graph, chosen, onChoose }: { readonly graph: Graph; readonly chosen: string | null; readonly onChoose: (id: string) => void }) {
  const [text, setText] = useState('');
  const [most, setMost] = useState(A_PAGE);
  const { nodes } = graph.lineage;
  const degrees = degreesOf(graph);
  const wanted = text.trim().toLowerCase();
  const found = nodes.flatMap((node, place) => { const { label } = markOf(node); return wanted === '' || label.toLowerCase().includes(wanted) ? [{ node, place, label }] : []; }).toReversed();
  return (
    <>
      <div className="max-w-80 my-2"><Field label="Find in this lineage" quiet placeholder="Find in this lineage" value={text} onChange={(event) => { setText(event.target.value); setMost(A_PAGE); }} /></div>
      <div className="tw" tabIndex={0} role="region" aria-label="What is in this lineage">
        <table className="tb">
          <thead><tr><th scope="col">What</th><th scope="col">Kind</th><th scope="col">Found</th><th scope="col" className="r">Came from</th><th scope="col" className="r">Led to</th><th scope="col">Since</th></tr></thead>
          <tbody>
            {found.slice(0, most).map(({ node, place, label }) => {
              const address = addressOfNode(node);
              return (
                <tr key={node.id} aria-current={node.id === chosen ? 'true' : undefined}>
                  <td>{address === null ? label : <Link className="lk" href={address}>{label}</Link>}</td>
                  <td>{KIND_WORDS[node.kind]}</td>
                  <td>{node.finding === null ? null : <Effect effect={node.finding.effect} low={node.finding.ciLow} high={node.finding.ciHigh} kind={kindOf(outcomeOf(node.finding.outcome))} />}</td>
                  <td className="r num">{degrees.back[place]}</td><td className="r num">{degrees.forth[place]}</td>
                  <td className="whitespace-nowrap"><button type="button" className="lk" onClick={() => onChoose(node.id)}><time dateTime={new Date(node.at).toISOString()}>{formatMoment(new Date(node.at))}</time><span className="vh">, choose {label}</span></button></td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p className="hint mt-2" role="status">{formatNumber(Math.min(most, found.length))} of {formatNumber(found.length)}</p>
      {found.length > most ? <Button small onClick={() => setMost(most + A_PAGE)}>Show more</Button> : null}
    </>
  );
}

function degreesOf({ drawing: { links, marks } }: Graph): { readonly forth: readonly number[]; readonly back: readonly number[] } {
  const [forth, back] = [marks.map(() => 0), marks.map(() => 0)];
  for (const from of links.from) forth[from] = (forth[from] ?? 0) + 1;
  for (const to of links.to) back[to] = (back[to] ?? 0) + 1;
  return { forth, back };
}
