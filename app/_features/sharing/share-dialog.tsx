'use client';

import { useState, type FormEvent } from 'react';
import { useMutation } from 'urql';
import { failureOf } from '../../_graphql/refusal.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { Button } from '../../_ui/button.tsx';
import { Copyable } from '../../_ui/copyable.tsx';
import { Dialog, DialogButtons } from '../../_ui/dialog.tsx';
import { Field, Select, Tick } from '../../_ui/field.tsx';
import { ErrorNote } from '../../_ui/waiting.tsx';
import { CreateShareLink, ShareLinksQuery } from './share-documents.ts';
import { ShareLinkList } from './share-link-list.tsx';

interface ShareDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly subject: ShareSubject;
}

/** What a link will show. */
export interface ShareSubject {
  readonly id: string;
  readonly name: string;
  /** What whoever has the link sees of it: "the hypothesis, the verdict and the evidence". */
  readonly shows: string;
  /** Of an experiment: the runs to compare instead. */
  readonly compare?: readonly string[] | undefined;
  /** Of an experiment or a project: its lineage instead. */
  readonly lineage?: boolean | undefined;
}

type Redaction = 'PEOPLE' | 'ORGANIZATION' | 'PARAMS' | 'CODE' | 'COSTS';

const DAYS = [{ value: '1', label: '1 day' }, { value: '7', label: '7 days' }, { value: '30', label: '30 days' }, { value: '90', label: '90 days' }, { value: '365', label: '1 year' }] as const;
const REDACTIONS: readonly { readonly value: Redaction; readonly label: string }[] = [
  { value: 'PEOPLE', label: 'Names of people' },
  { value: 'ORGANIZATION', label: 'Organization and project' },
  { value: 'PARAMS', label: 'Parameter values' },
  { value: 'CODE', label: 'Code versions' },
  { value: 'COSTS', label: 'Costs' },
];
const DAY_IN_MS = 86_400_000;
/** What a blind review must not see. */
const BLIND: readonly Redaction[] = ['PEOPLE', 'ORGANIZATION'];

/** Makes links for people without an account, and takes them back. */
export function ShareDialog({ open, onClose, subject }: ShareDialogProps) {
  return (
    <Dialog open={open} onClose={onClose} title={`Share ${subject.name}`} about={`Whoever has the link sees a read-only page with ${subject.shows}, until it expires or you revoke it.`}>
      <ShareForm subject={subject} />
    </Dialog>
  );
}

function LeaveOut({ redact, onChange }: { readonly redact: readonly Redaction[]; readonly onChange: (redact: readonly Redaction[]) => void }) {
  const names = BLIND.some((each) => redact.includes(each));
  const blind = BLIND.every((each) => redact.includes(each));
  const rest = redact.filter((each) => !BLIND.includes(each));
  const made = redact.includes('PARAMS') || redact.includes('CODE');
  return (
    <fieldset>
      <legend className="font-medium text-12 text-ink-2 mb-1">Leave out</legend>
      <Tick label="Anonymous, for a blind review" hint="No people, no organization and no project." checked={blind} onChange={() => onChange(blind ? rest : [...rest, ...BLIND])} />
      <div className="mt-1 grid gap-1 mid:grid-cols-2">
        {REDACTIONS.map(({ value, label }) => <Tick key={value} label={label} checked={redact.includes(value)} onChange={() => onChange(redact.includes(value) ? redact.filter((one) => one !== value) : [...redact, value])} />)}
      </div>
      {names ? <p className="hint mt-1">Names and keys are taken out of titles, hypotheses and notes too, where they are written in full. First names and nicknames stay: read the page before you send it.</p> : null}
      {made ? <p className="hint mt-1">Variants and models have names made of parameters and code: they are lettered or numbered instead.</p> : null}
    </fieldset>
  );
}

function ShareForm({ subject }: Pick<ShareDialogProps, 'subject'>) {
  const [days, setDays] = useState('30');
  const [password, setPassword] = useState('');
  const [recipients, setRecipients] = useState('');
  const [views, setViews] = useState('');
  const [freeze, setFreeze] = useState(false);
  const [watermark, setWatermark] = useState(false);
  const [guests, setGuests] = useState(false);
  const [redact, setRedact] = useState<readonly Redaction[]>([]);
  const [{ data, fetching, error }, create] = useMutation(CreateShareLink);
  const [{ data: known }, again] = useQuery({ query: ShareLinksQuery, variables: { id: subject.id }, requestPolicy: 'cache-and-network' });
  const made = data?.createShareLink;
  const links = known?.node && 'shareLinks' in known.node ? known.node.shareLinks : [];
  const standing = made !== undefined && !links.some(({ id, revokedAt }) => id === made.shareLink.id && revokedAt !== null);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const expiresAt = new Date(Date.now() + Number(days) * DAY_IN_MS).toISOString();
    const named = recipients.split(',').map((name) => name.trim()).filter((name) => name !== '');
    const result = await create({ input: {
      subject: subject.id, expiresAt, ...(subject.compare ? { compare: [...subject.compare] } : {}), ...(subject.lineage === true ? { lineage: true } : {}), redact: [...redact], freeze, guestsMayComment: guests, recipients: named, watermark: watermark && named.length > 0,
      ...(password === '' ? {} : { password }), ...(views === '' ? {} : { maxViews: Number(views) }),
    } });
    if (result.error === undefined) {
      setPassword('');
      again();
    }
  };
  return (
    <div className="grid gap-4">
      {standing && (
        <div>
          <p className="font-medium" role="status">The link is ready. It is shown only this once.</p>
          <div className="mt-2"><Copyable text={made.url} label="the share link" secret /></div>
        </div>
      )}
      <form className="grid gap-4" onSubmit={(event) => void submit(event)}>
        <div className="grid gap-4 mid:grid-cols-2">
          <Select label="Expires after" value={days} choices={DAYS} onChoose={setDays} />
          <Field label="Password (optional)" type="password" autoComplete="new-password" minLength={8} value={password} onChange={(event) => setPassword(event.target.value)} hint="At least 8 characters." />
          <Field label="For whom (optional)" value={recipients} placeholder="Dana Scully, Fox Mulder" onChange={(event) => setRecipients(event.target.value)} hint="Shown on the page; commas between names." />
          <Field label="Opens at most (optional)" type="number" min={1} max={100_000} inputMode="numeric" value={views} placeholder="times" onChange={(event) => setViews(event.target.value)} hint="Chats that are known to preview links count for none; any other opening counts, a reader’s second one too." />
        </div>
        <div className="grid gap-1">
          <Tick label="Show it as it is now, for ever" hint="Without this the page is kept up to date. It ends when something that it shows is deleted." checked={freeze} onChange={(event) => setFreeze(event.target.checked)} />
          <Tick label="Guests may comment" hint="With a name they give. Their comments come into the discussion; what you answer there is shown on the page." checked={guests} onChange={(event) => setGuests(event.target.checked)} />
          <Tick label="Mark the page with the recipients" disabled={recipients.trim() === ''} checked={watermark && recipients.trim() !== ''} onChange={(event) => setWatermark(event.target.checked)} />
        </div>
        <LeaveOut redact={redact} onChange={setRedact} />
        {error ? <ErrorNote title={failureOf(error)?.message ?? ''} /> : null}
        <DialogButtons><Button look="primary" type="submit" disabled={fetching}>{data ? 'Make another link' : 'Make the link'}</Button></DialogButtons>
      </form>
      <ShareLinkList links={links} onChanged={again} />
    </div>
  );
}
