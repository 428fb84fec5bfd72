'use client';

import { useState, type FormEvent } from 'react';
import { toast } from 'sonner';
import { useMutation } from 'urql';
import { failureOf } from '../../_graphql/refusal.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { useCrumbs } from '../../_shell/crumbs.tsx';
import { useViewer } from '../../_shell/viewer.tsx';
import { Absent } from '../../_ui/absent.tsx';
import { Button } from '../../_ui/button.tsx';
import { Field, Select, Tick, type Choice } from '../../_ui/field.tsx';
import { PageHead, Section } from '../../_ui/section.tsx';
import { ErrorNote } from '../../_ui/waiting.tsx';
import { clockOf, isPersonal, KIND_WORDS, KINDS_IN_ORDER, minuteFrom } from './kind-words.ts';
import { ForgetNotificationRules, NotificationRulesQuery, SaveNotificationHours, SaveNotificationRule, type ShownHours, type ShownRule } from './notification-documents.ts';

type Reach = ShownRule['reach'];
type Mail = ShownRule['mail'];

const REACHES: readonly Choice<Reach>[] = [{ value: 'NONE', label: 'never' }, { value: 'MINE', label: 'when it concerns me' }, { value: 'ALL', label: 'always' }];
const PERSONAL: readonly Choice<Reach>[] = [{ value: 'NONE', label: 'never' }, { value: 'MINE', label: 'yes' }];
const MAILS: readonly Choice<Mail>[] = [{ value: 'NONE', label: 'no mail' }, { value: 'DIGEST', label: 'daily digest' }, { value: 'AT_ONCE', label: 'mail at once' }];

const EVERYWHERE = '';
/** On a phone the two choices stand below what they are about. */
const COLUMNS = 'grid-cols-2 gap-x-3 gap-y-1.5 mid:grid-cols-[minmax(0,1fr)_208px_168px]';

/** What this person is told, how and when; for all projects, or for one. */
export function NotificationSettings() {
  useCrumbs([{ label: 'Inbox', href: '/inbox' }, { label: 'What I am told' }]);
  const { projects } = useViewer();
  const [slug, setSlug] = useState(EVERYWHERE);
  const [{ data, error, fetching }, again] = useQuery({ query: NotificationRulesQuery, requestPolicy: 'cache-and-network' });
  const [forgetting, forget] = useMutation(ForgetNotificationRules);
  if (!data) return <Absent failure={failureOf(error)} fetching={fetching} what="page" again={again} />;
  const { notificationRules, notificationHours, mailsNotifications } = data.viewer;
  const ownHere = notificationRules.filter((rule) => rule.chosen && (rule.project?.slug ?? EVERYWHERE) === slug);
  const reset = async (): Promise<void> => {
    const failure = failureOf((await forget({ input: slug === EVERYWHERE ? {} : { project: slug } })).error);
    if (failure) toast.error(failure.message);
    again();
  };
  return (
    <>
      <PageHead title="What I am told" meta={<p className="mt-1 text-ink-2">Everything chosen here appears in the inbox at once. You are never told of what you did yourself.</p>} />
      {mailsNotifications ? null : <div className="mt-4"><ErrorNote quiet title="No mail server is set, so nothing is mailed."><p>Whoever runs this Lemma sets <code>SMTP_URL</code>; what you choose below then holds.</p></ErrorNote></div>}
      <Section title="Rules" aside={ownHere.length > 0 ? <Button small look="bare" disabled={forgetting.fetching} onClick={() => { void reset(); }}>{slug === EVERYWHERE ? 'Back to the defaults' : 'Same as all projects'}</Button> : undefined}>
        <div className="max-w-[280px] py-4"><Select label="In" value={slug} choices={[{ value: EVERYWHERE, label: 'all projects' }, ...projects.map((project) => ({ value: project.slug, label: `${project.name} only` }))]} onChoose={setSlug} /></div>
        <Rules key={slug} slug={slug} rules={notificationRules} onChanged={again} />
      </Section>
      <Section title="When mail comes"><Hours hours={notificationHours} onChanged={again} /></Section>
    </>
  );
}

function Rules({ slug, rules, onChanged }: { readonly slug: string; readonly rules: readonly ShownRule[]; readonly onChanged: () => void }) {
  const [, save] = useMutation(SaveNotificationRule);
  const rows = KINDS_IN_ORDER.map((kind) => rules.find((rule) => rule.kind === kind && rule.project?.slug === slug) ?? rules.find((rule) => rule.kind === kind && rule.project === null)).filter((rule) => rule !== undefined);
  const change = async ({ kind, reach, mail }: ShownRule, part: { readonly reach?: Reach; readonly mail?: Mail }): Promise<void> => {
    const failure = failureOf((await save({ input: { kind, reach, mail, ...part, ...(slug === EVERYWHERE ? {} : { project: slug }) } })).error);
    if (failure) toast.error(failure.message);
    onChanged();
  };
  return (
    <ul aria-label="What I am told">
      <li className={`${COLUMNS} hint hidden border-b border-line-2 pb-1 mid:grid`} aria-hidden="true"><span>when</span><span>in the inbox</span><span>by mail</span></li>
      {rows.map((rule) => (
        <li key={rule.kind} className={`${COLUMNS} grid items-center border-b border-line py-2`}>
          <span className="col-span-2 mid:col-span-1">{KIND_WORDS[rule.kind]}</span>
          <Select quiet label={`${KIND_WORDS[rule.kind]}: in the inbox`} value={rule.reach} choices={isPersonal(rule.kind) ? PERSONAL : REACHES} onChoose={(reach) => { void change(rule, { reach }); }} />
          <Select quiet label={`${KIND_WORDS[rule.kind]}: by mail`} value={rule.mail} choices={MAILS} disabled={rule.reach === 'NONE'} onChoose={(mail) => { void change(rule, { mail }); }} />
        </li>
      ))}
    </ul>
  );
}

function Hours({ hours, onChanged }: { readonly hours: ShownHours; readonly onChanged: () => void }) {
  const [digest, setDigest] = useState(clockOf(hours.digestAt));
  const [quiet, setQuiet] = useState(hours.quietFrom !== null);
  const [from, setFrom] = useState(clockOf(hours.quietFrom ?? 20 * 60));
  const [until, setUntil] = useState(clockOf(hours.quietUntil ?? 8 * 60));
  const [zone, setZone] = useState(hours.timeZone);
  const [saving, save] = useMutation(SaveNotificationHours);
  const failure = failureOf(saving.error);
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void save({ input: { timeZone: zone.trim(), digestAt: minuteFrom(digest) ?? hours.digestAt, quietFrom: quiet ? minuteFrom(from) : null, quietUntil: quiet ? minuteFrom(until) : null } }).then(onChanged);
  };
  return (
    <form className="grid max-w-[560px] gap-4 pt-4" onSubmit={submit}>
      <div className="grid gap-4 mid:grid-cols-2">
        <Field label="Daily digest at" type="time" required value={digest} onChange={(event) => setDigest(event.target.value)} />
        <Field label="Time zone" required value={zone} onChange={(event) => setZone(event.target.value)} hint={zone === here ? 'As this browser has it.' : <button type="button" className="lk" onClick={() => setZone(here)}>Use {here}, as this browser has it</button>} />
      </div>
      <Tick label="Quiet hours" hint="Mail that is due meanwhile waits until they end. The inbox does not wait." checked={quiet} onChange={(event) => setQuiet(event.target.checked)} />
      {quiet ? <div className="grid gap-4 mid:grid-cols-2"><Field label="From" type="time" required value={from} onChange={(event) => setFrom(event.target.value)} /><Field label="Until" type="time" required value={until} onChange={(event) => setUntil(event.target.value)} /></div> : null}
      {failure ? <ErrorNote title={failure.message} /> : null}
      <div className="row"><Button type="submit" look="primary" disabled={saving.fetching}>Save</Button><span className="hint" role="status">{saving.data && !saving.fetching ? 'Saved.' : ''}</span></div>
    </form>
  );
}
