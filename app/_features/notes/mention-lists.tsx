import type { AnyExtension, Editor, Range } from '@tiptap/core';
import { ChartSpline, FlaskConical, Lightbulb, Spline, User } from 'lucide-react';
import type { Client } from 'urql';
import type { Choice } from '../../_editor/choice-list.tsx';
import { typedList } from '../../_editor/typed-list.ts';
import { MentionableQuery, type MentionableRow } from './note-documents.ts';

interface MentionChoice extends Choice { readonly row: MentionableRow }

const ICONS = { PERSON: User, EXPERIMENT: FlaskConical, RUN: Spline, HYPOTHESIS: Lightbulb, METRIC: ChartSpline } as const;
const GROUPS = { PERSON: 'People', EXPERIMENT: 'Experiments', RUN: 'Runs', HYPOTHESIS: 'Hypotheses', METRIC: 'Metrics' } as const;
const ORDER = ['PERSON', 'EXPERIMENT', 'HYPOTHESIS', 'RUN', 'METRIC'] as const;
const THINGS = ['EXPERIMENT', 'HYPOTHESIS', 'RUN', 'METRIC'] as const;

export type Find = (text: string, kinds: readonly MentionableRow['kind'][]) => Promise<readonly MentionableRow[]>;

/** Asks the server for what can be mentioned; one that does not answer finds nothing. */
export const findWith = (client: Client, project: string | null): Find => async (text, kinds) => {
  const { data } = await client.query(MentionableQuery, { text, project, kinds: [...kinds], first: 12 }, { requestPolicy: 'network-only' }).toPromise();
  return data?.mentionable ?? [];
};

/** @ for people, # for everything that has results; each opens a list at the caret. */
export const mentionLists = (find: Find): AnyExtension[] => [
  list('@', { label: 'People', nothing: 'Nobody of that name may see this.', kinds: ['PERSON'], find }),
  list('#', { label: 'Experiments, hypotheses, runs and metrics', nothing: 'Nothing of that name in what you may see.', kinds: THINGS, find }),
];

interface ListOf { readonly label: string; readonly nothing: string; readonly kinds: readonly MentionableRow['kind'][]; readonly find: Find }

const list = (char: '@' | '#', { label, nothing, kinds, find }: ListOf): AnyExtension => typedList<MentionChoice>({
  char, label, nothing, allowSpaces: false, waitInMs: 90,
  find: async (typed) => choices(await find(typed, kinds)),
  choose: insertMention,
});

function choices(rows: readonly MentionableRow[]): MentionChoice[] {
  return ORDER.flatMap((kind) => rows.filter((row) => row.kind === kind)).map((row) => {
    const Icon = ICONS[row.kind];
    return { key: `${row.kind} ${row.id}`, label: row.label, detail: row.detail ?? undefined, group: GROUPS[row.kind], icon: <Icon aria-hidden="true" />, row };
  });
}

/** How it is written: people after an @, metrics after a #, everything else by its own name. */
export function mentionOf({ kind, id, label }: Pick<MentionableRow, 'kind' | 'id' | 'label'>): { type: string; attrs: Record<string, string> } {
  const sign = kind === 'PERSON' ? '@' : kind === 'METRIC' ? '#' : '';
  return { type: 'mention', attrs: { kind: kind.toLowerCase(), id, label: label.startsWith(sign) ? label : `${sign}${label}` } };
}

function insertMention(editor: Editor, range: Range, { row }: MentionChoice): void {
  editor.chain().focus().insertContentAt(range, [mentionOf(row), { type: 'text', text: ' ' }]).run();
}
