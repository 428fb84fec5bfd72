import type { ReactNode } from 'react';
import type { SharedNode, SharedNote, SharedNotePage } from '../../../contracts/share-page.ts';
import { Formula } from './formula.tsx';
import { ShareVariants } from './share-evidence.tsx';
import { ShareFigure } from './share-figure.tsx';
import { ShareResult } from './share-result.tsx';
import { NOTE_WORDS, sharedDay } from './share-words.ts';

/** A note's words as they are now, and nothing that leads into Lemma. */
export function NoteArticle({ page: { note } }: { readonly page: SharedNotePage }) {
  return (
    <>
      <p className="side">{NOTE_WORDS[note.about]}{note.author === null ? '' : `, begun by ${note.author}`}, last changed on {sharedDay(note.updatedAt)}.</p>
      <div className="words">{children(note.blocks, note)}</div>
      {note.cut ? <p className="tx warn">The note goes on; this page ends here.</p> : null}
    </>
  );
}

const children = (nodes: readonly SharedNode[] | undefined, note: SharedNote): ReactNode => nodes?.map((node, place) => <Piece key={place} node={node} note={note} />);

type Drawing = (inside: ReactNode, node: SharedNode, note: SharedNote) => ReactNode;
const HEADINGS = { 1: 'h2', 2: 'h3', 3: 'h4' } as const;

/** How each kind of node is drawn. React escapes every word. */
const DRAWN: Readonly<Record<string, Drawing>> = {
  text: (_, node) => <Words node={node} />,
  paragraph: (inside) => <p>{inside}</p>,
  heading: (inside, { level }) => { const Heading = HEADINGS[level as 1 | 2 | 3] ?? 'h4'; return <Heading>{inside}</Heading>; },
  bulletList: (inside) => <ul>{inside}</ul>,
  orderedList: (inside) => <ol>{inside}</ol>,
  listItem: (inside) => <li>{inside}</li>,
  taskList: (inside) => <ul>{inside}</ul>,
  taskItem: (inside, { checked }) => <li className="task"><span aria-hidden="true">{checked ? '☑' : '☐'}</span><span className="vh">{checked ? 'Done: ' : 'To do: '}</span><div>{inside}</div></li>,
  blockquote: (inside) => <blockquote>{inside}</blockquote>,
  callout: (inside) => <div className="callout">{inside}</div>,
  codeBlock: (inside) => <pre tabIndex={0}><code>{inside}</code></pre>,
  horizontalRule: () => <hr />,
  hardBreak: () => <br />,
  table: (inside) => <div className="tw" tabIndex={0} role="region" aria-label="Table"><table className="tb bk"><tbody>{inside}</tbody></table></div>,
  tableRow: (inside) => <tr>{inside}</tr>,
  tableHeader: (inside) => <th>{inside}</th>,
  tableCell: (inside) => <td>{inside}</td>,
  inlineMath: (_, { text }) => <Formula latex={text ?? ''} />,
  blockMath: (_, { text }) => <Formula latex={text ?? ''} display />,
  aside: (inside) => <p className="left-out">{inside}</p>,
  evidence: (_, node, note) => <Evidence node={node} note={note} />,
};

/** A node of no known kind shows what is in it. */
function Piece({ node, note }: { readonly node: SharedNode; readonly note: SharedNote }): ReactNode {
  const inside = children(node.content, note);
  return DRAWN[node.type]?.(inside, node, note) ?? inside;
}

const MARKS = { bold: 'strong', italic: 'em', strike: 's', underline: 'u', code: 'code' } as const;

function Words({ node: { text, marks, href } }: { readonly node: SharedNode }): ReactNode {
  const marked = (marks ?? []).reduce<ReactNode>((inner, mark) => { const Tag = MARKS[mark as keyof typeof MARKS]; return Tag ? <Tag>{inner}</Tag> : inner; }, text ?? '');
  return href === undefined ? marked : <a className="lk" href={href} rel="noreferrer noopener nofollow">{marked}</a>;
}

function Evidence({ node: { evidence }, note }: { readonly node: SharedNode; readonly note: SharedNote }) {
  const found = evidence ? note.evidence[evidence.place ?? -1] : undefined;
  if (!evidence || !found) return <p className="left-out">Evidence that is not shown here.</p>;
  const { experiment: { key, name } } = found;
  const title = key === null ? name : `${key}: ${name}`;
  return <section className="block" aria-label={`Evidence of ${title}`}><p className="by"><b>{title}</b></p>{EVIDENCE[evidence.kind](found, (evidence.place ?? 0) + 1)}</section>;
}

type Found = SharedNote['evidence'][number];
const versions = ({ experiment, hypothesis }: Found, number: number) => <ShareVariants experiment={experiment} hypothesis={hypothesis} number={number} />;
const EVIDENCE: Readonly<Record<NonNullable<SharedNode['evidence']>['kind'], (found: Found, number: number) => ReactNode>> = {
  verdict: ({ experiment, hypothesis }) => <><ShareResult experiment={experiment} hypothesis={hypothesis} />{experiment.verdict ? <p className="tx mt-2">{experiment.verdict.explanation}</p> : null}</>,
  chart: ({ experiment }, number) => <ShareFigure experiment={experiment} number={number} />,
  comparison: versions,
  runs: versions,
};
