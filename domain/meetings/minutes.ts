import { tally, type Vote, type VoteChoice } from './votes.ts';

/** What the minutes are written from: the record, and nothing remembered. */
export interface MeetingRecord {
  readonly id: string;
  readonly title: string;
  readonly projectName: string;
  readonly startedAt: Date | null;
  readonly endedAt: Date;
  readonly attendance: readonly { readonly name: string; readonly from: Date; readonly until: Date }[];
  readonly items: readonly MinutesItem[];
  readonly decisions: readonly MinutesDecision[];
  readonly actions: readonly MinutesAction[];
}
export interface MinutesItem { readonly id: string; readonly title: string; readonly reason: string; readonly question: string | null; readonly subject: Link | null; readonly spentMs: number; readonly plannedSeconds: number; readonly votes: readonly Vote[] }
export interface MinutesDecision { readonly itemId: string | null; readonly body: string; readonly byName: string; readonly subject: Link | null }
export interface MinutesAction { readonly itemId: string | null; readonly body: string; readonly ownerName: string; readonly dueOn: string | null; readonly settled: 'DONE' | 'DROPPED' | null }
/** Something of Lemma, as its reader knows it and where it is. */
export interface Link { readonly label: string; readonly path: string }

const WORDS: Readonly<Record<VoteChoice, string>> = { ADOPT: 'adopt', WAIT: 'wait', DROP: 'drop' };

/** The minutes in Markdown. The same record gives the same text, so that anybody can write them again. */
export function minutesOf(record: MeetingRecord): string {
  const { startedAt, endedAt, items, decisions, actions, attendance, title, projectName } = record;
  const began = startedAt ?? endedAt;
  const spoken = items.filter((item) => item.spentMs > 0 || item.votes.length > 0 || decisions.some(({ itemId }) => itemId === item.id) || actions.some(({ itemId }) => itemId === item.id));
  const left = items.filter((item) => !spoken.includes(item));
  return [
    `# ${text(title)}, ${day(began)}`,
    `${text(projectName)}, ${clock(began)} to ${clock(endedAt)} UTC, ${minutesWords(endedAt.getTime() - began.getTime())}.`,
    present(attendance),
    ...spoken.map((item, index) => itemPart(index + 1, item, record)),
    ...(decisions.some(({ itemId }) => itemId === null) ? [['## Decisions beside the agenda', ...decisions.filter(({ itemId }) => itemId === null).map(decisionLine)].join('\n\n')] : []),
    ...(actions.length > 0 ? [`## Action items\n\n${actions.map(actionLine).join('\n')}`] : []),
    ...(left.length > 0 ? [`## Not reached\n\n${left.map(({ title: name, subject }) => `- ${linked(text(name), subject)}`).join('\n')}`] : []),
    ...(decisions.length === 0 && actions.length === 0 ? ['No decision was recorded, and nothing was given to anybody to do.'] : []),
  ].filter((part) => part !== '').join('\n\n').concat('\n');
}

function present(attendance: MeetingRecord['attendance']): string {
  if (attendance.length === 0) return '';
  const stays = new Map<string, string[]>();
  for (const { name, from, until } of attendance.toSorted((a, b) => a.from.getTime() - b.from.getTime())) stays.set(name, [...(stays.get(name) ?? []), `${clock(from)} to ${clock(until)}`]);
  return `Present: ${[...stays].map(([name, times]) => `${text(name)} (${times.join(', ')})`).join(', ')}.`;
}

function itemPart(place: number, { id, title, reason, question, subject, spentMs, plannedSeconds, votes }: MinutesItem, { decisions, actions }: MeetingRecord): string {
  const took = `${minutesWords(spentMs)} of ${minutesWords(plannedSeconds * 1000)} planned`;
  return [
    `## ${place}. ${text(title)}`,
    `${subject ? `${linked(subject.label, subject)}, ` : ''}${took}. ${text(reason)}`.trim(),
    votes.length > 0 ? `Votes${question === null ? '' : ` on “${text(question)}”`}: ${tally(votes).map(({ choice, count }) => `${WORDS[choice]} ${count}`).join(', ')}.` : '',
    ...decisions.filter(({ itemId }) => itemId === id).map(decisionLine),
    ...actions.filter(({ itemId }) => itemId === id).map(({ body, ownerName }) => `Action: ${text(body)} (${text(ownerName)})`),
  ].filter((part) => part !== '').join('\n\n');
}

const decisionLine = ({ body, byName, subject }: MinutesDecision): string => `**Decided**${subject ? ` about ${linked(subject.label, subject)}` : ''}: ${text(body)} (recorded by ${text(byName)})`;

const actionLine = ({ body, ownerName, dueOn, settled }: MinutesAction): string =>
  `- ${text(body)}: ${text(ownerName)}${dueOn === null ? '' : `, due ${dueOn}`}${settled === null ? '' : `, ${settled.toLowerCase()}`}`;

const linked = (label: string, subject: Link | null): string => (subject ? `[${text(label)}](${subject.path})` : label);

/** On one line, and nothing in it is taken for Markdown. */
const text = (given: string): string => given.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_[\]<>#|]/g, String.raw`\$&`).trim();
const day = (at: Date): string => at.toISOString().slice(0, 10);
const clock = (at: Date): string => at.toISOString().slice(11, 16);

/** "5 min", and under one minute its seconds. */
function minutesWords(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
