import { describe, expect, it } from 'vitest';
import { leavable } from './leavable.ts';

const until = (signal: AbortSignal): Promise<void> => new Promise((resolve) => { signal.addEventListener('abort', () => resolve(), { once: true }); });

describe('a leavable generator', () => {
  it('ends while it waits, and cleans up', async () => {
    let cleaned = false;
    const quiet = leavable(async function* (leaving): AsyncGenerator<number> {
      try {
        yield 1;
        await until(leaving);
      } finally {
        cleaned = true;
      }
    });
    expect(await quiet.next()).toEqual({ done: false, value: 1 });
    const waiting = quiet.next();
    await quiet.return(undefined);
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(cleaned).toBe(true);
  });

  it('is an ordinary generator to those who stay', async () => {
    const seen: number[] = [];
    for await (const each of leavable(async function* () { yield* [1, 2, 3]; })) seen.push(each);
    expect(seen).toEqual([1, 2, 3]);
  });
});
