'use client';

import { useState, type FormEvent } from 'react';
import { useMutation } from 'urql';
import { WEBHOOK_KINDS } from '../../../domain/notifications/rules.ts';
import type { HappeningKind } from '../../../domain/notifications/happening.ts';
import { failureOf } from '../../_graphql/refusal.ts';
import { Button } from '../../_ui/button.tsx';
import { Copyable } from '../../_ui/copyable.tsx';
import { Dialog, DialogButtons } from '../../_ui/dialog.tsx';
import { Field, Select, Tick } from '../../_ui/field.tsx';
import { ErrorNote } from '../../_ui/waiting.tsx';
import { KIND_WORDS } from './kind-words.ts';
import { CreateWebhook, type ShownWebhook } from './notification-documents.ts';

const FORMATS = [
  { value: 'SLACK', label: 'Slack, Mattermost or Rocket.Chat' },
  { value: 'TEAMS', label: 'Microsoft Teams' },
  { value: 'GENERIC', label: 'a program of ours, signed JSON' },
] as const;

/** What a channel most likely wants; finished runs are many. */
const FIRST_CHOICE: readonly HappeningKind[] = ['VERDICT_REACHED', 'NEW_BEST', 'NOTEWORTHY', 'RUN_FAILED'];

export function NewWebhookDialog({ slug, onClose }: { readonly slug: string; readonly onClose: () => void }) {
  const [name, setName] = useState('');
  const [format, setFormat] = useState<ShownWebhook['format']>('SLACK');
  const [url, setUrl] = useState('');
  const [kinds, setKinds] = useState<ReadonlySet<HappeningKind>>(new Set(FIRST_CHOICE));
  const [{ data, error, fetching }, create] = useMutation(CreateWebhook);
  const failure = failureOf(error);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void create({ input: { project: slug, name: name.trim(), format, url: url.trim(), kinds: [...kinds] } }).then(({ data: made }) => { if (made && made.createWebhook.secret === null) onClose(); });
  };
  const toggle = (kind: HappeningKind, on: boolean): void => setKinds((before) => new Set(on ? [...before, kind] : [...before].filter((each) => each !== kind)));
  const secret = data?.createWebhook.secret ?? null;
  return (
    <Dialog open onClose={onClose} title={secret === null ? 'New webhook' : `Webhook “${data?.createWebhook.webhook.name ?? ''}”`} about={secret === null ? undefined : 'Check the webhook-signature header with this secret, as Standard Webhooks says. It is shown this once.'}>
      {secret === null ? (
        <form className="grid gap-4" onSubmit={submit}>
          <Field label="Name" required maxLength={80} value={name} placeholder="#vision-results" onChange={(event) => setName(event.target.value)} autoFocus />
          <Select label="Who reads it" value={format} choices={FORMATS} onChoose={setFormat} />
          <Field label="Address" type="url" required maxLength={2000} value={url} placeholder="https://" onChange={(event) => setUrl(event.target.value)} />
          <fieldset className="grid gap-1"><legend className="t">Tell it when</legend>{WEBHOOK_KINDS.map((kind) => <Tick key={kind} label={KIND_WORDS[kind]} checked={kinds.has(kind)} onChange={(event) => toggle(kind, event.target.checked)} />)}</fieldset>
          {failure ? <ErrorNote title={failure.message} /> : null}
          <DialogButtons><Button type="submit" look="primary" disabled={fetching || name.trim() === '' || url.trim() === '' || kinds.size === 0}>Make it</Button><Button look="bare" onClick={onClose}>Cancel</Button></DialogButtons>
        </form>
      ) : (
        <>
          <Copyable secret label="the secret" text={secret} />
          <DialogButtons><Button look="primary" onClick={onClose}>I have kept it</Button></DialogButtons>
        </>
      )}
    </Dialog>
  );
}
