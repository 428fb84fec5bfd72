import type { AnyExtension, Editor, Range } from '@tiptap/core';
import { ChartSpline, FlaskConical, Lightbulb, Spline, User } from 'lucide-react';
import type { Client } from 'urql';
import type { Choice } from '../../_editor/choice-list.tsx';
import { SIGN_WORDS, whileFound, type MentionSign } from '../../_editor/mention-list.ts';
import { typedList } from '../../_editor/typed-list.ts';
import { MentionableQuery, type MentionableRow } from './note-documents.ts';

interface NoteMention extends Choice { readonly row: MentionableRow }

const ICONS = { PERSON: User, EXPERIMENT: FlaskConical, RUN: Spline, HYPOTHESIS: Lightbulb, METRIC: ChartSpline } as const;
const GROUPS = { PERSON: 'People', EXPERIMENT: 'Experiments', RUN: 'Runs', HYPOTHESIS: 'Hypotheses', METRIC: 'Metrics' } as const;
const THINGS = ['EXPERIMENT', 'HYPOTHESIS', 'RUN', 'METRIC'] as const;

export type Find = (text: string, kinds: readonly MentionableRow['kind'][]) => Promise<readonly MentionableRow[]>;

/** Asks the server for what can be mentioned in or about something; one that does not answer finds nothing. */
export const findWith = (client: Client, project: string | null, about: string | null): Find => async (text, kinds) => {
  const { data } = await client.query(MentionableQuery, { text, project, kinds: [...kinds], about, first: 12 }, { requestPolicy: 'network-only' }).toPromise();
  return data?.mentionable ?? [];
};

/** Each opens a list at the caret. */
export const mentionLists = (find: Find): AnyExtension[] => (['@', '#'] as const).map((char) => typedList<NoteMention>({
  char, ...SIGN_WORDS[char], waitInMs: 90,
  ...whileFound(async (typed) => (await findBehind(char, typed, find)).map((row) => ({ ...rowChoice(row), row }))),
  choose: insertMention,
}));

/** @ finds people, and where nobody goes by that, things; # finds everything that has results. */
export async function findBehind(sign: MentionSign, typed: string, find: Find): Promise<readonly MentionableRow[]> {
  const people = sign === '@' ? await find(typed, ['PERSON']) : [];
  return people.length > 0 ? people : inOrder(await find(typed, THINGS));
}

const inOrder = (rows: readonly MentionableRow[]): MentionableRow[] => THINGS.flatMap((kind) => rows.filter((row) => row.kind === kind));

/** A row as the list shows it. */
export function rowChoice({ kind, id, label, detail }: MentionableRow): Choice {
  const Icon = ICONS[kind];
  return { key: `${kind} ${id}`, label, detail: detail ?? undefined, group: GROUPS[kind], icon: <Icon aria-hidden="true" /> };
}

/** How it is written: people after an @, metrics after a #, everything else by its own name. */
export function mentionWords({ kind, label }: Pick<MentionableRow, 'kind' | 'label'>): string {
  const sign = kind === 'PERSON' ? '@' : kind === 'METRIC' ? '#' : '';
  return label.startsWith(sign) ? label : `${sign}${label}`;
}

export function mentionOf({ kind, id, label }: Pick<MentionableRow, 'kind' | 'id' | 'label'>): { type: string; attrs: Record<string, string> } {
  return { type: 'mention', attrs: { kind: kind.toLowerCase(), id, label: mentionWords({ kind, label }) } };
}

function insertMention(editor: Editor, range: Range, { row }: NoteMention): void {
  editor.chain().focus().insertContentAt(range, [mentionOf(row), { type: 'text', text: ' ' }]).run();
}
