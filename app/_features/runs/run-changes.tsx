'use client';

import Link from 'next/link';
import { useEffect, useRef, useState } from 'react';
import { isHardware } from '../../../domain/runs/hardware.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { triedAddress } from '../tried/tried-address.ts';
import { ChangedVariableChip, type ChangedVariable } from '../variants/changed-variable-chip.tsx';
import { RunChangesQuery, type ShownChanges } from './run-changes-documents.ts';
import type { RunDetail } from './run-documents.ts';

const MOST_SHOWN = 8;
type Against = 'baseline' | 'parent';

/** What the run changed against the baseline or the parent, from its first moment on. Nothing where there is nothing to compare with. */
export function RunChangesPart({ run }: { readonly run: RunDetail }) {
  const { baseline, parent } = useRunChanges(run);
  const [chosen, setChosen] = useState<Against>('baseline');
  const of = { baseline, parent };
  const other: Against = chosen === 'baseline' ? 'parent' : 'baseline';
  const against = of[chosen] === null ? other : chosen;
  const shown = of[against];
  if (shown === null) return null;
  return (
    <section className="mt-3" aria-label="Changed variables">
      <div className="row wrap">
        <span>{sentence(shown)} <Reference of={shown} against={against} />{shown.changed.length > 0 && ':'}</span>
        <Chips of={shown} run={run} />
        {of[other] !== null && of[chosen] !== null && <Choice against={against} onChoose={setChosen} />}
      </div>
      {shown.warning !== null && <p className="warn mt-2 max-w-[44em]">{shown.warning}</p>}
      {shown.unknown.length > 0 && <p className="hint mt-1">Not recorded by both, so not compared: {shown.unknown.map((kind) => kind.toLowerCase()).join(', ')}.</p>}
    </section>
  );
}

/** Asked again whenever the run has said more of itself: it does so bit by bit in its first seconds. */
function useRunChanges(run: RunDetail): Readonly<Record<Against, ShownChanges | null>> {
  const [{ data }, again] = useQuery({ query: RunChangesQuery, variables: { id: run.id } });
  const recorded = JSON.stringify([run.params.length, run.datasets.length, run.environment?.id, run.capture?.recordedAt, run.variant?.id, run.experiment.baseline?.id]);
  const asked = useRef(recorded);
  useEffect(() => {
    if (asked.current === recorded) return;
    asked.current = recorded;
    again();
  }, [recorded, again]);
  return { baseline: data?.run?.baseline ?? null, parent: data?.run?.parent ?? null };
}

function Choice({ against, onChoose }: { readonly against: Against; readonly onChoose: (against: Against) => void }) {
  return (
    <div className="seg" role="group" aria-label="Compared with">
      <button type="button" aria-pressed={against === 'baseline'} onClick={() => onChoose('baseline')}>Baseline</button>
      <button type="button" aria-pressed={against === 'parent'} onClick={() => onChoose('parent')}>Parent</button>
    </div>
  );
}

const sentence = ({ count }: ShownChanges): string => (count === 0 ? 'Nothing recorded differs from' : `${count} ${count === 1 ? 'thing' : 'things'} changed against`);

function Reference({ of: { run, variant, experiment }, against }: { readonly of: ShownChanges; readonly against: Against }) {
  const words = against === 'baseline' ? 'the baseline' : `the parent${experiment === null ? '' : ` ${experiment.key}`}`;
  return run === null ? words : <Link className="lk" href={`/r/${run.id}`} title={variant === null ? run.name : `${variant.label}: ${run.name}`}>{words}</Link>;
}

function Chips({ of: { changed, run: other }, run: { id, experiment } }: { readonly of: ShownChanges; readonly run: RunDetail }) {
  const rest = changed.length - MOST_SHOWN;
  return (
    <>
      {changed.slice(0, MOST_SHOWN).map((one) => <Chip key={`${one.kind} ${one.name}`} of={one} slug={experiment.project.slug} />)}
      {rest > 0 && (other === null ? <span className="hint">and {rest} more</span> : <Link className="lk" href={`/e/${experiment.key}/compare?runs=${other.id},${id}`}>and {rest} more</Link>)}
    </>
  );
}

/** What was tried for it is asked of what variants differ in: neither a function nor the machine is among it. */
function Chip({ of, slug }: { readonly of: ChangedVariable; readonly slug: string }) {
  const isFunction = of.kind === 'CODE' && of.name.includes(': ');
  const isAsked = !isFunction && !isHardware(of.name);
  return <ChangedVariableChip of={of} {...(isAsked ? { href: triedAddress(of.name, slug) } : {})} {...(isFunction ? { isDigest: true } : {})} />;
}
