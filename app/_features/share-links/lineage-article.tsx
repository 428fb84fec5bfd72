import type { SharedLineage, SharedLineagePage } from '../../../contracts/share-page.ts';
import { COLUMN, outlinePath, ROW, worldX, worldY } from '../../_charts/draw-lineage.ts';
import { layoutLineage, type LineageLayout } from '../../_charts/lineage-layout.ts';
import { KIND_WORDS, markOf, spoken } from '../lineage/lineage-words.ts';
import { lineageAnswer, triedSentence } from './lineage-words.ts';
import { decisionSentence } from './share-answers.ts';

/** The path to the best result in sentences, then the graph behind it: drawn on the server, without a script. */
export function LineageArticle({ page: { lineage } }: { readonly page: SharedLineagePage }) {
  const { best, heldBack, cut } = lineage;
  return (
    <>
      <section className="result" aria-label="Result">
        <p className="plainly">{lineageAnswer(lineage)}</p>
        {best === null ? null : <p className={best.approval.state === 'APPROVED' ? 'decision' : 'decision not'}>{decisionSentence(best.approval)}</p>}
      </section>
      {best === null ? null : <BestPath best={best} />}
      <h2>What was tried?</h2>
      <p className="tx">{triedSentence(lineage)}</p>
      {heldBack ? <p className="side">Some experiments are not shown: they have no hypothesis, or their data asks for an approval that is missing.</p> : null}
      {lineage.nodes.length === 0 ? null : <Graph lineage={lineage} />}
      {cut ? <p className="side">There is more than a page holds: the newest is shown.</p> : null}
      {lineage.nodes.length === 0 ? null : <Everything lineage={lineage} />}
    </>
  );
}

function BestPath({ best }: { readonly best: NonNullable<SharedLineage['best']> }) {
  return (
    <>
      <h2>What led to the best {best.metric}?</h2>
      <ol className="steps">{best.steps.map(({ key, name, words }, place) => <li key={place}><b>{name}</b>{key === null ? null : <span className="mono"> {key}</span>}<br />{words}</li>)}</ol>
      <p className="side">{best.direction === 'INCREASE' ? 'Higher' : 'Lower'} is better. Each step was compared with its own baseline, so the steps cannot be added up.{best.forks > 0 ? ' Some built on more than one experiment before them: there are other ways.' : ''} “Very likely” is a 95 % interval.</p>
    </>
  );
}

const SIZE = 5;
const LETTERS = 26;

/** As wide as it is, in a box one can move sideways: letters keep their size on a telephone. */
function Graph({ lineage: { nodes, edges, best } }: { readonly lineage: SharedLineage }) {
  const layout = layoutLineage(nodes.length, edges);
  const [width, height] = [Math.ceil(layout.width) * COLUMN + 24, Math.ceil(layout.height) * ROW + 8];
  const path = (best?.steps ?? []).map(({ node }) => node);
  return (
    <figure className="fig">
      <div className="fig-h"><b>Figure 1</b><span>What came of what: left is what was first</span></div>
      <div className="lineage" tabIndex={0} role="group" aria-label="The graph, to be moved sideways">
        <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label="What came of what; the table below has the same">
          <path className="e" d={edges.from.map((from, place) => link(layout, from, edges.to[place] ?? from)).join('')} />
          <path className="p" d={path.slice(1).map((to, place) => link(layout, path[place] ?? to, to)).join('')} />
          {nodes.map((node, place) => {
            const mark = markOf({ ...node, finding: node.outcome === null ? null : { outcome: node.outcome } });
            return (
              <g key={place} transform={`translate(${worldX(layout, place)} ${worldY(layout, place).toFixed(1)})`}>
                <path d={outlinePath(mark.shape, SIZE)} style={{ fill: mark.hollow ? 'var(--paper)' : `var(${mark.token})`, stroke: `var(${mark.token})` }} />
                <text x={10} y={4}>{mark.label.length > LETTERS ? `${mark.label.slice(0, LETTERS - 1)}…` : mark.label}</text>
              </g>
            );
          })}
        </svg>
      </div>
      <figcaption className="cap">◆ hypothesis, ● experiment in the colour of its verdict, ■ trainings, ▼ data, ⬢ model. The strong line is the path to the best.</figcaption>
    </figure>
  );
}

function link(layout: LineageLayout, from: number, to: number): string {
  const [x1, y1, x2, y2] = [worldX(layout, from), worldY(layout, from), worldX(layout, to), worldY(layout, to)];
  const bend = (x2 - x1) / 2;
  return `M${x1} ${y1.toFixed(1)}C${x1 + bend} ${y1.toFixed(1)} ${x2 - bend} ${y2.toFixed(1)} ${x2} ${y2.toFixed(1)}`;
}

const MOST_ROWS = 300;

/** The same in words. */
function Everything({ lineage: { nodes, edges } }: { readonly lineage: SharedLineage }) {
  const named = (places: readonly number[]): string => places.slice(0, 4).map((place) => nodes[place]?.key ?? nodes[place]?.label ?? '').join(', ') + (places.length > 4 ? ` and ${places.length - 4} more` : '');
  const before = Map.groupBy(edges.from.keys(), (at) => edges.to[at]);
  return (
    <details className="mt-4">
      <summary>All of it as a table</summary>
      <div className="tw" tabIndex={0} role="group" aria-label="The table, to be moved sideways">
        <table className="tb bk">
          <thead><tr><th scope="col">What</th><th scope="col">Kind</th><th scope="col">Came from</th></tr></thead>
          <tbody>{nodes.slice(0, MOST_ROWS).map((node, place) => <tr key={place}><td>{spoken({ ...node, finding: node.outcome === null ? null : { outcome: node.outcome } }).replace(/^[a-z]+ ?(?:[A-Z0-9]+-\d+)?, /, '')}</td><td>{KIND_WORDS[node.kind]}{node.key === null ? '' : ` ${node.key}`}</td><td>{named((before.get(place) ?? []).map((at) => edges.from[at] ?? place))}</td></tr>)}</tbody>
        </table>
      </div>
    </details>
  );
}
