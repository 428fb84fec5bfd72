'use client';

import Link from 'next/link';
import { useState, type ReactNode } from 'react';
import { MessageSquare, NotebookPen, Spline } from 'lucide-react';
import { excerptOf } from '../../../domain/richtext/excerpt.ts';
import { RelativeTime } from '../../_ui/relative-time.tsx';
import { Section } from '../../_ui/section.tsx';
import { HypothesisSentence } from '../hypotheses/hypothesis-sentence.tsx';
import { VerdictGlyph, wordOf } from '../verdicts/verdict-badge.tsx';
import { Highlight } from './highlight.tsx';
import { addressOf, type Found, type SearchEdge, type SearchNode } from './search-results.ts';

const KINDS = [['Hypothesis', 'Hypotheses'], ['Note', 'Notes'], ['Thread', 'Discussions'], ['Run', 'Runs'], ['Project', 'Projects']] as const;

const SHOWN = 6;

/** Everything a search found besides experiments, by kind. */
export function OtherFinds({ edges }: { readonly edges: readonly SearchEdge[] }) {
  return KINDS.map(([kind, title]) => {
    const found = edges.filter(({ node }) => node.__typename === kind);
    return found.length === 0 ? null : <FindsOfKind key={kind} title={title} found={found} />;
  });
}

function FindsOfKind({ title, found }: { readonly title: string; readonly found: readonly SearchEdge[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? found : found.slice(0, SHOWN);
  return (
    <Section title={title} count={found.length}>
      <ul className="finds">{shown.map((edge) => <li key={edge.cursor} className="li grid-cols-[16px_minmax(0,1fr)_max-content]"><Find edge={edge} /></li>)}</ul>
      {shown.length < found.length ? <button type="button" className="lk hint mt-2 min-h-6" onClick={() => setAll(true)}>{found.length - shown.length} more</button> : null}
    </Section>
  );
}

function Find({ edge: { node, highlights } }: { readonly edge: SearchEdge }) {
  const why = highlights[0] ? <div className="hint line-clamp-2"><Highlight text={highlights[0]} /></div> : null;
  return (
    <>
      <span className="self-start pt-0.5"><Glyph node={node} /></span>
      <div className="min-w-0"><Link className="ti" href={addressOf(node)}><Title node={node} /></Link>{why}</div>
      <span className="hint self-start pt-0.5">{'createdAt' in node ? <RelativeTime short at={node.createdAt} /> : null}</span>
    </>
  );
}

function Glyph({ node }: { readonly node: SearchNode }): ReactNode {
  if (node.__typename === 'Hypothesis') return <VerdictGlyph of={wordOf(node.hypothesisStatus)} label={node.hypothesisStatus.toLowerCase()} />;
  if (node.__typename === 'Thread') return <MessageSquare size={16} className="text-ink-2" aria-hidden="true" />;
  if (node.__typename === 'Note') return <NotebookPen size={16} className="text-ink-2" aria-hidden="true" />;
  if (node.__typename === 'Run') return <Spline size={16} className="text-ink-2" aria-hidden="true" />;
  return null;
}

function Title({ node }: { readonly node: SearchNode }): ReactNode {
  switch (node.__typename) {
    case 'Hypothesis': return <HypothesisSentence of={node} size="small" />;
    case 'Thread': return <ThreadTitle thread={node} />;
    case 'Run': return <>{node.name} <span className="font-normal text-ink-3">in {node.experiment.key} {node.experiment.name}</span></>;
    case 'Note': return node.title;
    case 'Project': return node.name;
    case 'Experiment': return node.name;
  }
}

function ThreadTitle({ thread }: { readonly thread: Found<'Thread'> }) {
  const where = thread.subject?.__typename === 'Experiment' ? `${thread.subject.key} ${thread.subject.name}` : thread.subject?.__typename === 'Run' ? thread.subject.name : thread.project.name;
  return <>“{excerptOf(thread.comments[0]?.body ?? '', 120)}” <span className="font-normal text-ink-3">{thread.createdBy?.name ?? 'someone'} in {where}</span></>;
}
