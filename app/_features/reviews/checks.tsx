'use client';

import { Check, Clock, Ellipsis, X } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useMutation } from 'urql';
import { failureOf } from '../../_graphql/refusal.ts';
import { Button } from '../../_ui/button.tsx';
import { Dialog, DialogButtons } from '../../_ui/dialog.tsx';
import { Textarea } from '../../_ui/field.tsx';
import { count } from '../../_ui/numbers.ts';
import { Section } from '../../_ui/section.tsx';
import type { ExperimentDetail } from '../experiments/experiment-documents.ts';
import { TickCheck } from './review-documents.ts';

type ReviewCheck = ExperimentDetail['checks'][number];
const ICONS = { GOOD: { Icon: Check, tone: 'ok', word: 'good' }, OPEN: { Icon: Clock, tone: 'warn', word: 'open' }, BAD: { Icon: X, tone: 'bad', word: 'not good' } } as const;

/** What a reviewer would look at first, looked at already by Lemma, or said by a person with their name. */
export function Checks({ experiment }: { readonly experiment: ExperimentDetail }) {
  const { checks } = experiment;
  const [ticking, setTicking] = useState<ReviewCheck | null>(null);
  const good = checks.filter((check) => check.state === 'GOOD').length;
  if (checks.length === 0) return null;
  return (
    <Section title="Checks" aside={<span className="num text-12 text-ink-3" aria-label={`${good} of ${count(checks.length, 'check')} are good`}>{good} of {checks.length}</span>}>
      <ul className="mt-1">{checks.map((check) => <CheckLine key={check.key} check={check} onTick={experiment.viewerCan.edit ? () => setTicking(check) : undefined} />)}</ul>
      {ticking !== null && <TickDialog experiment={experiment} check={ticking} onClose={() => setTicking(null)} />}
    </Section>
  );
}

function CheckLine({ check, onTick }: { readonly check: ReviewCheck; readonly onTick: (() => void) | undefined }) {
  const { Icon, tone, word } = ICONS[check.state];
  const by = check.tick === null ? null : `by ${check.tick.person?.name ?? 'someone who left'}`;
  return (
    <li className="chk">
      <Icon className={tone} aria-hidden="true" />
      <span>{check.sentence}<span className="vh"> ({word})</span>{check.required && check.state !== 'GOOD' && <span className="warn text-12"> needed</span>}</span>
      <span className="q">{check.detail}{by !== null && `${check.tick?.note === null ? ', ' : ' — '}${by}`}</span>
      {onTick !== undefined && <button type="button" className="btn bare sm icon chk-tick" aria-label={`Say something about: ${check.sentence}`} title="Tick it yourself" onClick={onTick}><Ellipsis aria-hidden="true" /></button>}
    </li>
  );
}

interface TickDialogProps {
  readonly experiment: ExperimentDetail;
  readonly check: ReviewCheck;
  readonly onClose: () => void;
}

function TickDialog({ experiment, check, onClose }: TickDialogProps) {
  const [note, setNote] = useState('');
  const [{ fetching, error }, tick] = useMutation(TickCheck);
  const say = async (good: boolean): Promise<void> => {
    const result = await tick({ input: { experiment: experiment.key, check: check.key, good, note: note.trim() === '' ? null : note.trim() } });
    if (result.error === undefined) onClose();
  };
  const submit = (event: FormEvent): void => { event.preventDefault(); void say(true); };
  return (
    <Dialog open onClose={onClose} title={check.sentence} about="Your word stands beside your name in the record, for this evidence. When the evidence changes, the check is open again.">
      <form className="grid gap-4" onSubmit={submit}>
        <Textarea label="Why?" rows={2} value={note} onChange={(event) => setNote(event.target.value)} problem={failureOf(error)?.message ?? null} autoFocus />
        <DialogButtons><Button look="primary" type="submit" disabled={fetching}>It is good</Button><Button disabled={fetching} onClick={() => void say(false)}>It is not</Button><Button look="bare" onClick={onClose}>Cancel</Button></DialogButtons>
      </form>
    </Dialog>
  );
}
