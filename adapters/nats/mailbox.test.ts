import { expect, test } from 'vitest';
import { mailbox } from './mailbox.ts';

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const seen: T[] = [];
  for await (const item of items) seen.push(item);
  return seen;
}

test('items come out in the order they went in, then the end', async () => {
  const box = mailbox<number>(10);
  const seen = all(box);
  box.put(1);
  box.put(2);
  await Promise.resolve();
  box.put(3);
  box.close();
  expect(await seen).toEqual([1, 2, 3]);
});

test('a reader that is too slow loses the oldest, never the newest', async () => {
  const box = mailbox<number>(3);
  for (let item = 1; item <= 10; item += 1) box.put(item);
  box.close();
  expect(await all(box)).toEqual([8, 9, 10]);
});

test('what is put after the end is not kept', async () => {
  const box = mailbox<number>(3);
  box.close();
  box.put(1);
  expect(await all(box)).toEqual([]);
});
