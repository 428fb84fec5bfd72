import type { SharedLineage, SharedLineagePage } from '../../../contracts/share-page.ts';
import { lineageAnswer } from '../../../domain/sharing/lineage-answer.ts';
import { cutAtWord } from '../../../domain/richtext/excerpt.ts';
import { KIND_WORDS, labelOf } from '../lineage/lineage-words.ts';
import { LineageFigure } from './lineage-figure.tsx';
import { FOUND_WORDS, setbackSentence, triedSentence } from './lineage-words.ts';
import { decisionSentence } from './share-answers.ts';

/** The path to the best result in sentences, then the graph behind it: drawn on the server, without a script. */
export function LineageArticle({ page: { lineage } }: { readonly page: SharedLineagePage }) {
  const { best, heldBack, cut, found } = lineage;
  return (
    <>
      <section className="result" aria-label="Result">
        {found === null ? null : <p className="plainly">{found}</p>}
        <p className={found === null ? 'plainly' : 'tx'}>{lineageAnswer(lineage)}</p>
        {best === null ? null : <p className={best.approval.state === 'APPROVED' ? 'decision' : 'decision not'}>{decisionSentence(best.approval)}</p>}
      </section>
      {best === null ? null : <BestPath best={best} />}
      <h2>What was tried?</h2>
      <p className="tx">{triedSentence(lineage)}</p>
      {heldBack ? <p className="side">Some experiments are not shown: they have no hypothesis, or their data asks for an approval that is missing.</p> : null}
      {lineage.nodes.length === 0 ? null : <LineageFigure lineage={lineage} />}
      {cut ? <p className="side">There is more than a page holds: the newest is shown.</p> : null}
      {lineage.nodes.length === 0 ? null : <Everything lineage={lineage} />}
    </>
  );
}

function BestPath({ best }: { readonly best: NonNullable<SharedLineage['best']> }) {
  const notes = [
    `${best.direction === 'INCREASE' ? 'Higher' : 'Lower'} is better. Each step was compared with its own baseline, so the steps cannot be added up.`,
    setbackSentence(best), best.forks > 0 ? 'Some built on more than one experiment before them: there are other ways.' : '', '“Very likely” is a 95 % interval.',
  ];
  return (
    <>
      <h2>What led to the best {best.metric}?</h2>
      <ol className="steps">{best.steps.map(({ key, name, words }, place) => <li key={place}><b>{name}</b>{key === null ? null : <span className="mono"> {key}</span>}<br />{words}</li>)}</ol>
      <p className="side">{notes.filter((note) => note !== '').join(' ')}</p>
    </>
  );
}

const MOST_ROWS = 300;
/** A longer table is folded away, but for paper. */
const OPEN_UP_TO = 12;

/** A hypothesis is known by its first words. */
const SHORT = 60;
const shortNameOf = (node: SharedLineage['nodes'][number] | undefined): string => (node ? (node.key ?? cutAtWord(node.kind === 'HYPOTHESIS' ? labelOf(node.label) : node.label, SHORT)) : '');

/** The same in words. */
function Everything({ lineage: { nodes, edges } }: { readonly lineage: SharedLineage }) {
  const named = (places: readonly number[]): string => places.slice(0, 4).map((place) => shortNameOf(nodes[place])).join(', ') + (places.length > 4 ? ` and ${places.length - 4} more` : '');
  const before = Map.groupBy(edges.from.keys(), (at) => edges.to[at]);
  return (
    <details className="everything" open={nodes.length <= OPEN_UP_TO}>
      <summary>All of it as a table</summary>
      <div className="tw" tabIndex={0} role="group" aria-label="The table, to be moved sideways">
        <table className="tb bk table-fixed min-w-[520px]">
          <thead><tr><th scope="col" style={{ width: '46%' }}>What</th><th scope="col" style={{ width: '18%' }}>Kind</th><th scope="col">Came from</th></tr></thead>
          <tbody>{nodes.slice(0, MOST_ROWS).map((node, place) => <tr key={place}><td>{node.label}{node.kind === 'RUN' && node.count > 1 ? ` × ${node.count}` : ''}{node.kind === 'EXPERIMENT' ? `: ${FOUND_WORDS[node.outcome ?? 'NONE']}` : ''}</td><td>{KIND_WORDS[node.kind]}{node.key === null ? '' : ` ${node.key}`}</td><td>{named((before.get(place) ?? []).map((at) => edges.from[at] ?? place))}</td></tr>)}</tbody>
        </table>
      </div>
    </details>
  );
}
