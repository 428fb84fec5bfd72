'use client';

import { NodeViewWrapper, type ReactNodeViewProps } from '@tiptap/react';
import { Ellipsis, Snowflake } from 'lucide-react';
import Link from 'next/link';
import { Component, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { whenNear } from '../../_editor/when-near.ts';
import { failureOf, type Failure } from '../../_graphql/refusal.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { Button } from '../../_ui/button.tsx';
import { Menu, MenuItem, MenuRule } from '../../_ui/menu.tsx';
import { formatMoment } from '../../_ui/moments.ts';
import { OwnAddressContext } from '../../_ui/use-address.ts';
import { Loading } from '../../_ui/waiting.tsx';
import { EVIDENCE_WORDS, evidenceFrom, fits, type Evidence, type Frozen } from './evidence.ts';
import { EvidenceSubjectQuery } from './evidence-documents.ts';
import { FrozenEvidence } from './frozen-evidence.tsx';
import { LiveEvidence, type Freeze } from './live-evidence.tsx';

/** One block in the text: a head that says what it is and from when, and the real thing under it. */
export function EvidenceView(props: ReactNodeViewProps) {
  const evidence = useMemo(() => evidenceFrom(props.node.attrs), [props.node.attrs]);
  const box = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(false);
  useEffect(() => (box.current === null ? undefined : whenNear(box.current, () => setNear(true))), []);
  const leave = (event: React.KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    const at = props.getPos();
    if (at !== undefined) props.editor.chain().focus().setNodeSelection(at).run();
  };
  return (
    <NodeViewWrapper className={`evidence${props.selected ? ' chosen' : ''}`} contentEditable={false} onKeyDown={leave}>
      <div ref={box} style={near ? undefined : { minHeight: 220 }}>
        {evidence === null ? <p className="hint">This block names nothing that can be shown.</p> : near && <Block evidence={evidence} {...props} />}
      </div>
    </NodeViewWrapper>
  );
}

interface Shown { readonly key: string; readonly name: string; readonly evidenceDigest: string }

function Block({ evidence, editor, updateAttributes, deleteNode }: { readonly evidence: Evidence } & ReactNodeViewProps) {
  const [{ data, fetching, error }] = useQuery({ query: EvidenceSubjectQuery, variables: { id: evidence.subject } });
  const [problem, setProblem] = useState<string | null>(null);
  const freezing = useRef<Freeze | null>(null);
  const onFreezable = useCallback((freeze: Freeze | null) => { freezing.current = freeze; }, []);
  const experiment: Shown | null = data?.node?.__typename === 'Experiment' ? data.node : null;
  const absent = fetching ? null : absentWords(failureOf(error));
  const freeze = async (): Promise<void> => {
    const kept = await freezing.current?.() ?? null;
    if (kept === null) setProblem('There is nothing to freeze yet: it is still being read.');
    else if (!fits(kept.content)) setProblem('This is too much to keep in a note. Choose fewer columns or lines, then freeze it.');
    else {
      setProblem(null);
      updateAttributes({ frozen: { at: new Date().toISOString(), ...kept } });
    }
  };
  return (
    <section aria-label={nameOf(evidence, experiment)}>
      <Head evidence={evidence} experiment={experiment}>
        {editor.isEditable && (
          <Menu align="end" trigger={<Button look="bare" small icon aria-label={`What to do with this ${EVIDENCE_WORDS[evidence.kind].toLowerCase()}`}><Ellipsis aria-hidden="true" /></Button>}>
            {evidence.frozen === null ? <MenuItem onSelect={() => void freeze()}>Freeze as it is now</MenuItem> : <MenuItem onSelect={() => updateAttributes({ frozen: null })}>Make it live again</MenuItem>}
            <MenuRule />
            <MenuItem onSelect={deleteNode}>Take it out of the note</MenuItem>
          </Menu>
        )}
      </Head>
      {problem !== null && <p className="warn text-12" role="alert">{problem}</p>}
      <div className="evidence-body">
        <Guarded key={`${evidence.kind} ${evidence.subject} ${evidence.frozen?.at ?? ''}`}>
          <Body evidence={evidence} experiment={experiment} absent={absent} onFreezable={onFreezable} onView={editor.isEditable ? (view) => updateAttributes({ options: { view } }) : null} />
        </Guarded>
      </div>
    </section>
  );
}

const absentWords = (failure: Failure | null): string => failure?.message ?? 'The experiment is not there any more, or you may not see it.';
const nameOf = ({ kind, frozen }: Evidence, experiment: Shown | null): string => `${EVIDENCE_WORDS[kind]}${experiment === null ? '' : ` of ${experiment.key}`}${frozen === null ? '' : ', frozen'}`;

function Head({ evidence: { kind, frozen }, experiment, children }: { readonly evidence: Evidence; readonly experiment: Shown | null; readonly children: ReactNode }) {
  return (
    <div className="evidence-head" data-drag-handle="">
      <span className="text-ink-3">{EVIDENCE_WORDS[kind]}</span>
      {experiment !== null && <Link className="lk tr" href={`/e/${experiment.key}`}><span className="id">{experiment.key}</span> {experiment.name}</Link>}
      <span className="sp" />
      {frozen === null ? <span className="hint">live</span> : <FrozenMark frozen={frozen} digestNow={experiment?.evidenceDigest ?? null} />}
      {children}
    </div>
  );
}

interface BodyProps {
  readonly evidence: Evidence;
  readonly experiment: Shown | null;
  /** Why there is no experiment; null while it is being read. */
  readonly absent: string | null;
  readonly onFreezable: (freeze: Freeze | null) => void;
  /** Keeps what a reader chose in the figure; null where one may only read. */
  readonly onView: ((view: string) => void) | null;
}

function Body({ evidence: { kind, view, frozen }, experiment, absent, onFreezable, onView }: BodyProps) {
  const [read, setRead] = useState(view);
  const own = experiment === null ? null : { path: `/e/${experiment.key}`, query: onView === null ? read : view, onQuery: onView ?? setRead };
  if (frozen !== null) return <FrozenEvidence kind={kind} content={frozen.content} />;
  if (experiment === null) return absent === null ? <Loading rows={4} /> : <p className="hint">{absent}</p>;
  return <OwnAddressContext value={own}><LiveEvidence kind={kind} experimentKey={experiment.key} onFreezable={onFreezable} /></OwnAddressContext>;
}

/** Says from when it is, and whether the evidence has changed since. */
function FrozenMark({ frozen: { at, digest }, digestNow }: { readonly frozen: Frozen; readonly digestNow: string | null }) {
  const moved = digest !== null && digestNow !== null && digest !== digestNow;
  return (
    <span className="frozen-mark" title={digest === null ? undefined : `Evidence ${digest}`}>
      <Snowflake aria-hidden="true" />frozen <time dateTime={at}>{formatMoment(new Date(at))}</time>{moved && '; the evidence has changed since'}
    </span>
  );
}

/** One block that cannot be drawn does not take the note with it. */
class Guarded extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? <p className="hint" role="alert">This block could not be drawn. Take it out of the note and put it in again.</p> : this.props.children;
  }
}
