import { expect, test, vi } from 'vitest';
import { gathered } from './restart-on-change.ts';

test('what is saved in quick succession is one change, and what is saved while that is acted on is exactly one more', async () => {
  const acts: { readonly names: readonly string[]; readonly done: () => void }[] = [];
  const changed = gathered<string>(5, (names) => new Promise((resolve) => { acts.push({ names, done: resolve }); }));
  for (const name of ['server', 'workers', 'server']) changed(name);
  await vi.waitFor(() => expect(acts.map(({ names }) => names)).toEqual([['server', 'workers']]));
  for (const name of ['workers', 'workers', 'workers']) changed(name);
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(acts.length).toBe(1);
  acts[0]?.done();
  await vi.waitFor(() => expect(acts.map(({ names }) => names)).toEqual([['server', 'workers'], ['workers']]));
  acts[1]?.done();
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(acts.length).toBe(2);
});
