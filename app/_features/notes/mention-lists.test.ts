import { expect, test } from 'vitest';
import { findBehind, mentionWords, type Find } from './mention-lists.tsx';

const ROWS = [
  { kind: 'METRIC', id: 'exp_1/acc', label: '#acc', detail: null }, { kind: 'PERSON', id: 'per_1', label: '@Ana Ruiz', detail: null }, { kind: 'RUN', id: 'run_1', label: 'acc run', detail: null }, { kind: 'EXPERIMENT', id: 'exp_1', label: 'DIG-1', detail: 'acc' },
] as const;
const find: Find = async (text, kinds) => ROWS.filter(({ kind, label, detail }) => kinds.includes(kind) && `${label} ${detail ?? ''}`.includes(text));
const found = async (sign: '@' | '#', typed: string): Promise<readonly string[]> => (await findBehind(sign, typed, find)).map(mentionWords);

test('@ finds people, and things only where nobody goes by that', async () => {
  expect(await found('@', 'A')).toEqual(['@Ana Ruiz']);
  expect(await found('@', 'DIG')).toEqual(['DIG-1']);
});

test('# finds things in the order of their groups, and nobody', async () => {
  expect(await found('#', 'a')).toEqual(['DIG-1', 'acc run', '#acc']);
  expect(await found('#', 'Ana')).toEqual([]);
});
