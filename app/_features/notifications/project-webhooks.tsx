'use client';

import { useState } from 'react';
import { toast } from 'sonner';
import { useMutation } from 'urql';
import { failureOf, type Failure } from '../../_graphql/refusal.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { Button } from '../../_ui/button.tsx';
import { Dialog, DialogButtons } from '../../_ui/dialog.tsx';
import { count } from '../../_ui/numbers.ts';
import { RelativeTime } from '../../_ui/relative-time.tsx';
import { Section } from '../../_ui/section.tsx';
import { Empty } from '../../_ui/waiting.tsx';
import { KIND_WORDS } from './kind-words.ts';
import { NewWebhookDialog } from './new-webhook-dialog.tsx';
import { DeleteWebhook, SetWebhookEnabled, TryWebhook, WebhooksQuery, type ShownWebhook } from './notification-documents.ts';

const FORMATS: Readonly<Record<ShownWebhook['format'], string>> = { GENERIC: 'signed JSON', SLACK: 'Slack form', TEAMS: 'Teams form' };

/** Where a project's news is posted to, and whether it arrived. Maintainers alone see the addresses. */
export function ProjectWebhooks({ slug }: { readonly slug: string }) {
  const [{ data }, again] = useQuery({ query: WebhooksQuery, variables: { slug }, requestPolicy: 'cache-and-network' });
  const [making, setMaking] = useState(false);
  const webhooks = data?.project?.webhooks ?? [];
  return (
    <Section title="Webhooks" count={webhooks.length > 0 ? webhooks.length : null} aside={<Button small look="bare" onClick={() => setMaking(true)}>New webhook</Button>}>
      {data && webhooks.length === 0 ? <Empty fact="No channel hears of this project yet." steps={['Make an incoming webhook in Slack, Teams or Mattermost, and paste its address here.', 'Or post signed JSON to a program of yours.']} /> : null}
      <ul>{webhooks.map((webhook) => <Line key={webhook.id} of={webhook} onChanged={again} />)}</ul>
      {making ? <NewWebhookDialog slug={slug} onClose={() => { setMaking(false); again(); }} /> : null}
    </Section>
  );
}

function Line({ of: webhook, onChanged }: { readonly of: ShownWebhook; readonly onChanged: () => void }) {
  const [deleting, setDeleting] = useState(false);
  const [trying, tryOut] = useMutation(TryWebhook);
  const [, enable] = useMutation(SetWebhookEnabled);
  const [, remove] = useMutation(DeleteWebhook);
  const after = (failure: Failure | null, said: string | null): void => {
    if (failure) toast.error(failure.message);
    else if (said) toast.success(said);
    onChanged();
  };
  const off = webhook.disabledAt !== null;
  return (
    <li className="li grid-cols-1 items-start gap-2">
      <div className="min-w-0">
        <p className="font-medium">{webhook.name} <span className="hint font-normal">{FORMATS[webhook.format]}{off ? ', switched off' : ''}</span></p>
        <p className="mono tr text-12 text-ink-2" title={webhook.url}>{webhook.url}</p>
        <p className="hint">{webhook.kinds.map((kind) => KIND_WORDS[kind].toLowerCase()).join(', ')}</p>
        <Log deliveries={webhook.deliveries} />
      </div>
      <div className="row wrap">
        <Button small disabled={trying.fetching || off} onClick={() => { void tryOut({ input: { webhook: webhook.id } }).then(({ error }) => after(failureOf(error), 'Sent on its way. Look at the log in a moment.')); }}>Send a try</Button>
        <Button small onClick={() => { void enable({ input: { webhook: webhook.id, enabled: off } }).then(({ error }) => after(failureOf(error), null)); }}>{off ? 'Switch on' : 'Switch off'}</Button>
        <Button small look="danger" onClick={() => setDeleting(true)}>Delete</Button>
      </div>
      {deleting ? (
        <Dialog open onClose={() => setDeleting(false)} title={`Delete “${webhook.name}”?`} about="Nothing is posted there any more, and its log goes with it.">
          <DialogButtons><Button look="danger" onClick={() => { void remove({ input: { webhook: webhook.id } }).then(({ error }) => after(failureOf(error), null)); }}>Delete it</Button><Button look="bare" onClick={() => setDeleting(false)}>Keep it</Button></DialogButtons>
        </Dialog>
      ) : null}
    </li>
  );
}

/** The newest in words; the rest behind it. */
function Log({ deliveries }: { readonly deliveries: ShownWebhook['deliveries'] }) {
  const [newest] = deliveries;
  if (!newest) return <p className="hint">Nothing was posted yet.</p>;
  return (
    <details className="text-12">
      <summary><DeliveryWords of={newest} /></summary>
      <ul className="mt-1 grid gap-1">{deliveries.slice(1).map((delivery) => <li key={delivery.id} className="text-ink-2"><DeliveryWords of={delivery} /></li>)}</ul>
    </details>
  );
}

function DeliveryWords({ of: { state, attempts, problem, createdAt, nextAttemptAt } }: { readonly of: ShownWebhook['deliveries'][number] }) {
  const tries = attempts > 1 ? ` after ${count(attempts, 'attempt')}` : '';
  if (state === 'SENT') return <>arrived{tries}, <RelativeTime at={createdAt} /></>;
  if (state === 'GIVEN_UP') return <span className="text-refuted">given up{tries}: {problem}, <RelativeTime at={createdAt} /></span>;
  return problem === null ? <>on its way</> : <span className="text-inconclusive">{problem}; tried {count(attempts, 'time')}, next {nextAttemptAt ? <RelativeTime at={nextAttemptAt} /> : 'soon'}</span>;
}
