import { badInput } from '../refusal.ts';
import { mayPostTo } from './posted-addresses.ts';
import type { Told, NotificationWords } from './words.ts';

/** GENERIC: our JSON, signed as Standard Webhooks says. SLACK, TEAMS: what the incoming webhooks of those (and of Mattermost, Rocket.Chat, Power Automate) read. */
export const WEBHOOK_FORMATS = ['GENERIC', 'SLACK', 'TEAMS'] as const;
export type WebhookFormat = (typeof WEBHOOK_FORMATS)[number];

export interface Said { readonly told: Told; readonly words: NotificationWords; readonly url: string }

const MOST_URL = 2000;

/** Said when it is made and, of a name that leads there, when it is posted to. */
export const neverPostedTo = (host: string) => badInput('webhook/address', `${host} is an address that Lemma does not post to. Give the address by which others reach the receiver.`);

/** An address to post to: http or https, without a name and password in it, and not one that would be refused whenever something is sent. */
export function webhookUrl(given: string, allowed: { readonly thisMachine: boolean }): string {
  const url = URL.canParse(given) ? new URL(given) : null;
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:') || given.length > MOST_URL) throw badInput('webhook/url', 'A webhook posts to an address that begins with https:// or http://, of at most 2000 characters.');
  if (url.username !== '' || url.password !== '') throw badInput('webhook/url', 'Leave the name and password out of the address; a generic receiver checks our signature instead.');
  if (!mayPostTo(url.hostname, allowed)) throw neverPostedTo(url.hostname);
  return url.href;
}

/** The body for one posting, which may tell of several things at once. */
export function webhookBody(format: WebhookFormat, id: string, said: readonly Said[]): string {
  switch (format) {
    case 'SLACK': return JSON.stringify({ text: said.map(slackLine).join('\n') });
    case 'TEAMS': return JSON.stringify({ type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card(said) }] });
    case 'GENERIC': return JSON.stringify({ id, type: 'lemma.notifications.v1', notifications: said.map(plain) });
  }
}

/** mrkdwn reads &, < and > as its own. https://docs.slack.dev/messaging/formatting-message-text */
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const slackLine = ({ words, url }: Said): string => `<${url}|${escaped(words.title)}>${words.text === '' ? '' : `\n${escaped(words.text)}`}`;

/** An Adaptive Card reads a little Markdown: what could be a link or stress is told as it stands. */
const unmarked = (text: string): string => text.replaceAll(/[\\[\]()*_`~#>]/g, String.raw`\$&`);

const card = (said: readonly Said[]) => ({
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  type: 'AdaptiveCard',
  version: '1.4',
  body: said.flatMap(({ words, url }) => [
    { type: 'TextBlock', text: `[${unmarked(words.title)}](${url})`, weight: 'Bolder', wrap: true },
    ...(words.text === '' ? [] : [{ type: 'TextBlock', text: unmarked(words.text), wrap: true, spacing: 'Small' }]),
  ]),
});

const plain = ({ told: { kind, occurrences, project, experiment, detail, actor }, words, url }: Said) =>
  ({ kind, occurrences, title: words.title, text: words.text, url, actor, project: project.slug, experiment: experiment?.key ?? null, detail });
