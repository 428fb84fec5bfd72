import { expect, test } from 'vitest';
import { whileFound } from './mention-list.ts';

const NAMES = ['Bolder learning rate', 'Grace Hopper'];
const list = () => whileFound(async (typed) => NAMES.filter((name) => name.toLowerCase().includes(typed.trim().toLowerCase())));

test('words follow one another as long as something is called that', async () => {
  const { find, allowSpaces } = list();
  for (const typed of ['bolder', 'bolder ', 'bolder learn', 'grace hop']) {
    expect(allowSpaces(typed)).toBe(true);
    expect(await find(typed)).toHaveLength(1);
  }
});

test('prose behind a sign is left alone once it found nothing, and another name is still looked for', async () => {
  const { find, allowSpaces } = list();
  expect(await find('grace said')).toEqual([]);
  expect(allowSpaces('grace said that')).toBe(false);
  expect(allowSpaces('grace hop')).toBe(true);
  expect(allowSpaces(' 0.1')).toBe(false);
});

test('a list that was empty before anything was typed rules nothing out', async () => {
  const { find, allowSpaces } = whileFound<string>(async () => []);
  await find('');
  expect(allowSpaces('grace hop')).toBe(true);
});
