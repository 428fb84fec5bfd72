'use client';

import Link from 'next/link';
import { useState, type FormEvent } from 'react';
import { useMutation } from 'urql';
import { failureOf } from '../../_graphql/refusal.ts';
import { Button } from '../../_ui/button.tsx';
import { Field } from '../../_ui/field.tsx';
import { RelativeTime } from '../../_ui/relative-time.tsx';
import { useKeys } from '../../_ui/use-keys.ts';
import { ErrorNote } from '../../_ui/waiting.tsx';
import { RecordDuplicateReason, type DuplicateMatch, type DuplicateReason } from './duplicate-documents.ts';

/** What the reason is recorded of. */
export type DuplicateSubject = { readonly run: string } | { readonly experiment: string };

interface NoticeProps {
  readonly matches: readonly DuplicateMatch[];
  readonly reasons: readonly DuplicateReason[];
  readonly subject: DuplicateSubject;
  readonly mayWrite: boolean;
}

const MOST_SHOWN = 3;

/** What was done before, with what came of it, and why it is done again. Nothing where nothing was. */
export function DuplicateNotice({ matches, reasons, subject, mayWrite }: NoticeProps) {
  if (matches.length === 0 && reasons.length === 0) return null;
  return (
    <section className="mt-3" aria-label="Done before">
      <ErrorNote quiet title={matches.length === 0 ? 'It was started for a reason.' : matches.some(({ kind }) => kind !== 'NEAR') ? 'This was done before.' : 'Something close to this was done before.'}>
        <ul>{matches.slice(0, MOST_SHOWN).map((match) => <Told key={match.run?.id ?? match.sentence} match={match} />)}</ul>
        {matches.length > MOST_SHOWN && <p className="hint">and {matches.length - MOST_SHOWN} more</p>}
        {reasons.map(({ id, reason, replication, by, createdAt }) => <p key={id} className="mt-1">{reasonWords({ reason, replication }, matches.length > 0)}, says {by?.name ?? 'somebody'}, <RelativeTime at={createdAt} />.</p>)}
      </ErrorNote>
      {mayWrite && reasons.length === 0 && <ReasonForm subject={subject} />}
    </section>
  );
}

/** A reason is also given where too much changed at once, and then nothing was done before. */
function reasonWords({ reason, replication }: Pick<DuplicateReason, 'reason' | 'replication'>, isAgain: boolean): string {
  if (replication) return reason === 'Replication' ? 'A replication' : `A replication: “${reason}”`;
  return isAgain ? `Done again: “${reason}”` : `“${reason}”`;
}

function Told({ match: { sentence, run, experiment } }: { readonly match: DuplicateMatch }) {
  return (
    <li className="mt-1 max-w-[60em]" style={{ overflowWrap: 'anywhere' }}>
      {sentence} {experiment && <Link className="lk" href={`/e/${experiment.key}`}>{experiment.key}</Link>}{run && experiment && ', '}{run && <Link className="lk" href={`/r/${run.id}`}>{run.name}</Link>}
    </li>
  );
}

function ReasonForm({ subject }: { readonly subject: DuplicateSubject }) {
  const [reason, setReason] = useState('');
  const [{ fetching, error }, record] = useMutation(RecordDuplicateReason);
  const failure = failureOf(error);
  const replicate = (): void => { if (!fetching) void record({ input: { ...subject, replication: true } }); };
  useKeys({ y: replicate });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (reason.trim() !== '' && !fetching) void record({ input: { ...subject, replication: false, reason } });
  };
  return (
    <form className="mt-3 grid max-w-[560px] gap-2" onSubmit={send}>
      <Field label="Why again?" maxLength={2_000} value={reason} placeholder="The baseline was wrong then" onChange={(event) => setReason(event.target.value)} />
      {failure ? <ErrorNote title={failure.message} /> : null}
      <div className="row wrap"><Button type="submit" small disabled={fetching || reason.trim() === ''}>Record the reason</Button><Button small hint="Y" disabled={fetching} onClick={replicate}>It is a replication</Button></div>
    </form>
  );
}
