import { expect, test } from 'vitest';
import { inParts } from './parts.ts';

async function* pieces(...given: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const piece of given) yield Buffer.from(piece);
}

test.each([
  ['pieces smaller than a part', ['ab', 'cd', 'e'], ['abc', 'de']],
  ['a piece of several parts', ['abcdefgh'], ['abc', 'def', 'gh']],
  ['what comes out even', ['abc', 'def'], ['abc', 'def']],
  ['nothing', [''], []],
])('%s is cut anew', async (_, given, expected) => {
  const found: string[] = [];
  for await (const part of inParts(pieces(...given), 3)) found.push(part.toString());
  expect(found).toEqual(expected);
});
