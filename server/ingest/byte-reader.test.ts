import { expect, it } from 'vitest';
import { ByteReader } from './byte-reader.ts';
import { HeldBytes } from './held-bytes.ts';

async function* pieces(...lengths: readonly number[]): AsyncGenerator<Uint8Array> {
  let next = 0;
  for (const length of lengths) yield Uint8Array.from({ length }, () => next++);
}

async function* silence(): AsyncGenerator<Uint8Array> {
  yield Uint8Array.of(1);
  await new Promise(() => {});
}

it('cuts what comes in pieces into lengths asked for', async () => {
  const reader = new ByteReader(pieces(1, 2, 0, 5), new HeldBytes());
  expect([...await reader.exactly(2)]).toEqual([0, 1]);
  expect([...await reader.exactly(5)]).toEqual([2, 3, 4, 5, 6]);
  expect([...await reader.some()]).toEqual([7]);
  expect(await reader.hasMore()).toBe(false);
  expect(reader.handOver()).toBe(8);
});

it('refuses an end in the middle, and a silence in the middle', async () => {
  await expect(new ByteReader(pieces(3), new HeldBytes()).exactly(4)).rejects.toMatchObject({ code: 'stream/truncated' });
  await expect(new ByteReader(silence(), new HeldBytes(), 1).exactly(4)).rejects.toMatchObject({ code: 'stream/stalled' });
});

it('refuses what is more than all streams may hold, until it is given back', async () => {
  const held = new HeldBytes(10);
  const [one, other] = [new ByteReader(pieces(8), held), new ByteReader(pieces(4, 4), held)];
  await one.exactly(8);
  await expect(other.exactly(8)).rejects.toMatchObject({ family: 'rate-limited', code: 'stream/busy' });
  held.give(one.handOver());
  held.give(other.handOver());
  expect(await new ByteReader(pieces(10), held).exactly(10)).toHaveLength(10);
});
