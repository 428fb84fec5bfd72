import type { SharedLineage } from '../../../contracts/share-page.ts';
import { outlinePath, type LineageMark } from '../../_charts/draw-lineage.ts';
import { layoutLineage } from '../../_charts/lineage-layout.ts';
import { KIND_WORDS, markOf, type Marked } from '../lineage/lineage-words.ts';
import { labelLines, widthOfLines } from './label-lines.ts';
import { FOUND_WORDS } from './lineage-words.ts';

/** The article's whole width; a graph of more layers than have room in it is wider, and moved sideways. */
const PAGE = 976;
/** From a node to the next beside it, so that its words can be read. */
const LEAST_ROOM = 184;
const ROW = 42;
const LINE = 13;
const SIZE = 5;
/** Between a node and its words, and from their end to the next node at least. */
const [BESIDE, AIR] = [10, 24];
/** What an upright sheet of paper holds, and a lying one with letters that can be read. */
const UPRIGHT = 700;
const LYING = { width: 1_380, height: 880 };

type Node = SharedLineage['nodes'][number];
const markedOf = (node: Node): Marked => ({ ...node, finding: node.outcome === null ? null : { outcome: node.outcome } });

/** What came of what, with all that is said of a node beside it: its kind by its shape, its verdict by a word. */
export function LineageFigure({ lineage: { nodes, edges, best } }: { readonly lineage: SharedLineage }) {
  const layout = layoutLineage(nodes.length, edges);
  const column = Math.max(LEAST_ROOM / Math.min(2, ...layout.room), PAGE / (Math.ceil(layout.width) + 1));
  const at = (node: number): Place => ({ x: (layout.x[node] ?? 0) * column + SIZE + 3, y: (layout.y[node] ?? 0) * ROW + ROW / 2 });
  const [width, height] = [Math.round((Math.ceil(layout.width) + 1) * column), Math.ceil(layout.height * ROW) + 4];
  const drawn = nodes.map((node, place) => drawnOf(node, (layout.room[place] ?? 1) * column - BESIDE - AIR));
  const behind = (node: number): Place => ({ ...at(node), x: at(node).x + (drawn[node]?.width ?? 0) });
  const large = width > LYING.width || height > LYING.height;
  const path = (best?.steps ?? []).map(({ node }) => node);
  return (
    <figure className={large ? 'fig whole large' : width > UPRIGHT ? 'fig whole across' : 'fig whole'}>
      <div className="fig-h"><b>Figure 1</b><span>What came of what: left is what was first</span></div>
      <div className={width > PAGE ? 'lineage wider' : 'lineage'} tabIndex={0} role="group" aria-label="The graph, to be moved sideways">
        <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label="What came of what; the table below has the same">
          <path className="e" d={edges.from.map((from, place) => link(behind(from), at(edges.to[place] ?? from))).join('')} />
          <path className="p" d={path.slice(1).map((to, place) => link(behind(path[place] ?? to), at(to))).join('')} />
          {drawn.map((each, place) => <g key={place} transform={`translate(${at(place).x.toFixed(1)} ${at(place).y.toFixed(1)})`}><Labelled node={each} /></g>)}
        </svg>
      </div>
      <p className="sideways">Move it sideways to see all of it. The table below says the same.</p>
      {large ? <p className="hint hidden print:block">The drawing is too large for a sheet of paper. The table below says the same.</p> : null}
      <Key kinds={nodes} path={path.length > 1} />
    </figure>
  );
}

interface DrawnNode { readonly mark: LineageMark; readonly lines: readonly string[]; readonly found: string | null; readonly width: number }

function drawnOf(node: Node, room: number): DrawnNode {
  const mark = markOf(markedOf(node));
  const found = node.kind === 'EXPERIMENT' ? FOUND_WORDS[node.outcome ?? 'NONE'] : null;
  const lines = labelLines(mark.label, { width: room, most: found === null ? 3 : 2 });
  return { mark, lines, found, width: BESIDE + 6 + widthOfLines(found === null ? lines : [...lines, found]) };
}

function Labelled({ node: { mark, lines, found } }: { readonly node: DrawnNode }) {
  const top = 4 - ((lines.length + (found === null ? 0 : 1) - 1) * LINE) / 2;
  return (
    <>
      <title>{[mark.label, found].filter(Boolean).join(', ')}</title>
      <path d={outlinePath(mark.shape, SIZE)} style={{ fill: mark.hollow ? 'var(--paper)' : `var(${mark.token})`, stroke: `var(${mark.token})` }} />
      <text>
        {lines.map((line, number) => <tspan key={number} x={BESIDE} y={top + number * LINE}>{line}</tspan>)}
        {found === null ? null : <tspan className="found" x={BESIDE} y={top + lines.length * LINE}>{found}</tspan>}
      </text>
    </>
  );
}

interface Place { readonly x: number; readonly y: number }

function link(from: Place, to: Place): string {
  const bend = (to.x - from.x) / 2;
  return `M${from.x.toFixed(1)} ${from.y.toFixed(1)}C${(from.x + bend).toFixed(1)} ${from.y.toFixed(1)} ${(to.x - bend).toFixed(1)} ${to.y.toFixed(1)} ${to.x.toFixed(1)} ${to.y.toFixed(1)}`;
}

const KEY_WORDS = { ...KIND_WORDS, EXPERIMENT: 'experiment, in the colour of its verdict', RUN: 'runs' } as const;

/** The shapes that are there, with what they stand for. */
function Key({ kinds, path }: { readonly kinds: readonly Node[]; readonly path: boolean }) {
  const there = (Object.keys(KEY_WORDS) as (keyof typeof KEY_WORDS)[]).filter((kind) => kinds.some((node) => node.kind === kind));
  return (
    <figcaption className="cap keys">
      {there.map((kind) => {
        const { shape, token, hollow } = markOf({ kind, label: '', count: 1, key: null, finding: kind === 'EXPERIMENT' ? { outcome: '' } : null });
        return <span key={kind}><svg width="12" height="12" viewBox="-6 -6 12 12" aria-hidden="true"><path d={outlinePath(shape, SIZE - 0.5)} style={{ fill: hollow ? 'none' : `var(${token})`, stroke: `var(${token})` }} /></svg> {KEY_WORDS[kind]}</span>;
      })}
      {path ? <span><svg width="16" height="12" viewBox="0 0 16 12" aria-hidden="true"><path d="M0 6H16" style={{ stroke: 'var(--accent)', strokeWidth: 2.5 }} /></svg> path to the best</span> : null}
    </figcaption>
  );
}
