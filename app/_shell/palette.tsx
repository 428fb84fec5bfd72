'use client';

import { Command } from 'cmdk';
import { ArrowRight, GraduationCap, MessageSquare, NotebookPen, Plus, Search, Spline, SunMoon, Waypoints } from 'lucide-react';
import { usePathname, useRouter } from 'next/navigation';
import { Dialog as RadixDialog } from 'radix-ui';
import { useState, type ReactNode } from 'react';
import { excerptOf } from '../../domain/richtext/excerpt.ts';
import { useDemoCommand } from '../_features/demo/demo-offer.tsx';
import { HypothesisSentence } from '../_features/hypotheses/hypothesis-sentence.tsx';
import { useWriteNote } from '../_features/notes/use-write-note.ts';
import { addressOf, type SearchEdge, type SearchNode } from '../_features/search/search-results.ts';
import { Highlight } from '../_features/search/highlight.tsx';
import { useSearch } from '../_features/search/use-search.ts';
import { triedAddress } from '../_features/tried/tried-address.ts';
import { Effect } from '../_features/verdicts/effect.tsx';
import { kindOf, VerdictGlyph, wordOf } from '../_features/verdicts/verdict-badge.tsx';
import { count } from '../_ui/numbers.ts';
import { usePlace } from './crumbs.tsx';
import { DESTINATIONS, ProjectIcon } from './destinations.ts';
import { switchTheme } from './theme.ts';
import { useViewer } from './viewer.tsx';

interface PaletteProps { readonly onClose: () => void; readonly newHypothesis: string | null }

interface Action { readonly key: string; readonly label: string; readonly icon: ReactNode; readonly run: () => void }

/** Find anything, go anywhere. The last row always asks what was tried. */
export function Palette({ onClose, newHypothesis }: PaletteProps) {
  return (
    <RadixDialog.Root open onOpenChange={(open) => { if (!open) onClose(); }}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="veil" />
        <RadixDialog.Content className="pal" aria-describedby={undefined}>
          <RadixDialog.Title className="vh">Search or run a command</RadixDialog.Title>
          <Finder onClose={onClose} newHypothesis={newHypothesis} />
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

function Finder({ onClose, newHypothesis }: PaletteProps) {
  const router = useRouter();
  const [text, setText] = useState('');
  /** The row one moved to; null until then. */
  const [chosen, setChosen] = useState<string | null>(null);
  const [moving, setMoving] = useState(false);
  const { data, edges, fetching, settled } = useSearch(text, { first: 8 });
  const go = (href: string) => { onClose(); router.push(href); };
  const actions = useActions(newHypothesis, go, onClose);
  const asked = text.trim();
  const matching = actions.filter((action) => action.label.toLowerCase().includes(asked.toLowerCase()));
  return (
    <Command
      shouldFilter={false} loop label="Search or run a command" className="flex min-h-0 flex-col" value={chosen ?? bestRow(edges, matching)}
      onValueChange={(row) => { if (moving) setChosen(row); }} onKeyDownCapture={(event) => setMoving(event.key.startsWith('Arrow'))} onPointerMoveCapture={() => setMoving(true)}
    >
      <div className="qi"><Search size={16} aria-hidden="true" className="flex-none text-ink-2" /><Command.Input value={text} onValueChange={(typed) => { setText(typed); setChosen(null); }} placeholder="Search or run…" autoFocus /></div>
      <Command.List label="Results">
        {edges.length > 0 ? <FoundRows edges={edges} onOpen={go} /> : null}
        {matching.length > 0 ? <ActionRows heading={asked === '' ? 'Go and do' : 'Commands'} actions={matching} /> : null}
        {asked === '' ? null : (
          <Command.Group>
            <Command.Item value="tried" onSelect={() => go(triedAddress(asked, null))}>
              <Search aria-hidden="true" /><span className="tr">What have we tried for <b className="font-medium">{asked}</b>?</span><ReturnKey />
            </Command.Item>
          </Command.Group>
        )}
      </Command.List>
      <div className="ft hint">
        <span className="hk"><kbd>↑</kbd> <kbd>↓</kbd> choose</span><span className="hk"><kbd>↵</kbd> open</span><span className="sp" />
        <span role="status">{standing(settled, data?.search.totalCount ?? null, fetching)}</span>
      </div>
    </Command>
  );
}

function useActions(newHypothesis: string | null, go: (href: string) => void, onClose: () => void): Action[] {
  const { projects } = useViewer();
  const demo = useDemoCommand(go);
  const { subject } = usePlace();
  const path = usePathname();
  const { write } = useWriteNote();
  return [
    ...(newHypothesis ? [{ key: 'new', label: 'New hypothesis', icon: <Plus aria-hidden="true" />, run: () => go(newHypothesis) }] : []),
    // What has a page of its own can have notes; a note cannot.
    ...(subject !== null && /^\/[pehr]\//.test(path) ? [{ key: 'note', label: 'Write a note about this', icon: <NotebookPen aria-hidden="true" />, run: () => { onClose(); void write(subject); } }] : []),
    ...lineageActions(path, go),
    ...DESTINATIONS.map(({ label, href, icon: Icon }) => ({ key: href, label: `Go to ${label === 'What have we tried?' ? 'search' : label.toLowerCase()}`, icon: <Icon aria-hidden="true" />, run: () => go(href) })),
    ...projects.map((project) => ({ key: project.id, label: project.name, icon: <ProjectIcon aria-hidden="true" />, run: () => go(`/p/${project.slug}`) })),
    ...(demo ? [{ key: 'demo', label: demo.label, icon: <GraduationCap aria-hidden="true" />, run: demo.run }] : []),
    { key: 'theme', label: 'Switch between light and dark', icon: <SunMoon aria-hidden="true" />, run: () => { switchTheme(); onClose(); } },
  ];
}

/** The lineage of what one looks at. */
function lineageActions(path: string, go: (href: string) => void): Action[] {
  const [, kind, name] = /^\/([ep])\/([^/]+)/.exec(path) ?? [];
  if (kind === undefined || name === undefined) return [];
  return [{ key: 'lineage', label: kind === 'e' ? `Lineage of ${decodeURIComponent(name)}` : 'Lineage of this project', icon: <Waypoints aria-hidden="true" />, run: () => go(`/${kind}/${name}/lineage`) }];
}

/** The row that stands out until one moves: the best result, once it is there. */
function bestRow(edges: readonly SearchEdge[], actions: readonly Action[]): string {
  if (edges[0]) return `found ${edges[0].cursor}`;
  return actions[0] ? `do ${actions[0].key}` : 'tried';
}

function standing(settled: string, total: number | null, searching: boolean): string {
  if (settled === '') return '';
  return total === null ? (searching ? 'searching' : '') : count(total, 'result');
}

const ReturnKey = () => <span className="hk"><kbd>↵</kbd></span>;

const FoundRows = ({ edges, onOpen }: { readonly edges: readonly SearchEdge[]; readonly onOpen: (href: string) => void }) => (
  <Command.Group heading="Jump to">
    {edges.map((edge) => <Command.Item key={edge.cursor} value={`found ${edge.cursor}`} onSelect={() => onOpen(addressOf(edge.node))}><NodeGlyph node={edge.node} /><span className="tr"><NodeTitle edge={edge} /></span><ReturnKey /></Command.Item>)}
  </Command.Group>
);

const ActionRows = ({ heading, actions }: { readonly heading: string; readonly actions: readonly Action[] }) => (
  <Command.Group heading={heading}>
    {actions.map((action) => <Command.Item key={action.key} value={`do ${action.key}`} onSelect={action.run}>{action.icon}<span className="tr">{action.label}</span><ReturnKey /></Command.Item>)}
  </Command.Group>
);

function NodeGlyph({ node }: { readonly node: SearchNode }) {
  if (node.__typename === 'Experiment') return <VerdictGlyph of={node.verdict ? wordOf(node.verdict.outcome) : node.exploratory ? 'exploratory' : 'testing'} />;
  if (node.__typename === 'Hypothesis') return <VerdictGlyph of={wordOf(node.hypothesisStatus)} />;
  if (node.__typename === 'Run') return <Spline aria-hidden="true" />;
  if (node.__typename === 'Note') return <NotebookPen aria-hidden="true" />;
  if (node.__typename === 'Thread') return <MessageSquare aria-hidden="true" />;
  return <ArrowRight aria-hidden="true" />;
}

const Why = ({ of: [first] }: { readonly of: readonly string[] }) => (first ? <span className="hint"> <Highlight text={first} /></span> : null);

function NodeTitle({ edge: { node, highlights } }: { readonly edge: SearchEdge }) {
  const why = <Why of={highlights} />;
  switch (node.__typename) {
    case 'Experiment': return <><b className="font-medium">{node.name}</b> <span className="text-ink-3">{node.key} </span>{node.verdict ? <Effect effect={node.verdict.effect} low={node.verdict.ciLow} high={node.verdict.ciHigh} kind={kindOf(node.verdict.outcome)} bar={node.hypothesis?.minEffect} /> : why}</>;
    case 'Hypothesis': return <span className="inline-block align-bottom"><HypothesisSentence of={node} size="small" withReason={false} /></span>;
    case 'Run': return <><b className="font-medium">{node.name}</b> <span className="text-ink-3">run in {node.experiment.key}</span>{why}</>;
    case 'Thread': return <><b className="font-medium">“{excerptOf(node.comments[0]?.body ?? '', 80)}”</b> <span className="text-ink-3">{node.createdBy?.name}</span></>;
    case 'Note': return <><b className="font-medium">{node.title}</b> <span className="text-ink-3">note</span>{why}</>;
    case 'Project': return <><b className="font-medium">{node.name}</b> <span className="text-ink-3">project</span></>;
  }
}
