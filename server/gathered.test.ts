import { expect, test } from 'vitest';
import { gathered } from './gathered.ts';

/** A source whose answers can be held back, and which says what it was asked. */
function source() {
  const asked: (readonly string[])[] = [];
  const open: (() => void)[] = [];
  let truth = 'first';
  const ask = gathered<string, string>(async (keys) => {
    asked.push(keys);
    const seen = truth;
    await new Promise<void>((resolve) => open.push(resolve));
    if (keys.includes('bad')) throw new Error('no answer');
    return new Map(keys.filter((key) => key !== 'unknown').map((key) => [key, `${key} ${seen}`]));
  });
  const begun = async (count: number): Promise<void> => { while (asked.length < count) await new Promise((resolve) => setImmediate(resolve)); };
  return { ask, asked, begun, answer: () => open.shift()?.(), change: (value: string) => { truth = value; } };
}

test('those who ask together are answered by one query, each key once', async () => {
  const { ask, asked, begun, answer } = source();
  const answers = Promise.all([ask('a'), ask('b'), ask('a'), ask('unknown')]);
  await begun(1);
  answer();
  expect(await answers).toEqual(['a first', 'b first', 'a first', undefined]);
  expect(asked).toEqual([['a', 'b', 'unknown']]);
});

test('who asks while an answer is on its way gets what is true after that, not what was read before', async () => {
  const { ask, begun, answer, change } = source();
  const early = ask('a');
  await begun(1);
  change('second');
  const late = ask('a');
  answer();
  await begun(2);
  answer();
  expect(await early).toBe('a first');
  expect(await late).toBe('a second');
});

test('a query that fails fails those who waited for it, and nobody after them', async () => {
  const { ask, begun, answer } = source();
  const failing = Promise.allSettled([ask('a'), ask('bad')]);
  await begun(1);
  const later = ask('a');
  answer();
  expect((await failing).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await begun(2);
  answer();
  expect(await later).toBe('a first');
});
