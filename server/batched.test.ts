import { expect, test } from 'vitest';
import { batched, batchedRows, forgetBatches } from './batched.ts';
import type { Context } from './context.ts';

/** Requests of one process, which read from one database. */
function process() {
  const reader = {} as Context['reader'];
  return (personId = 'per_1'): Context => ({ reader, ports: {}, viewer: { personId } }) as unknown as Context;
}

test('rows that several requests ask for in one moment are read once, and each request remembers them', async () => {
  const reads: (readonly string[])[] = [];
  const rowOf = batchedRows<string, object>((ids) => { reads.push(ids); return Promise.resolve(new Map(ids.filter((id) => id !== 'none').map((id) => [id, { id }]))); });
  const request = process();
  const [a, b] = [request(), request('per_2')];
  const [first, second, none] = await Promise.all([rowOf(a, 'x'), rowOf(b, 'x'), rowOf(b, 'none'), rowOf(a, 'y')]);
  expect(reads.map((ids) => ids.toSorted())).toEqual([['none', 'x', 'y']]);
  expect(second).toBe(first);
  expect(none).toBeUndefined();
  expect(await rowOf(a, 'x')).toBe(first);
  expect(reads).toHaveLength(1);
  forgetBatches(a);
  expect(await rowOf(a, 'x')).not.toBe(first);
});

test('a request that asks later reads what is there then, though another remembers what was', async () => {
  let truth = 'old';
  const rowOf = batchedRows<string, string>((ids) => Promise.resolve(new Map(ids.map((id) => [id, truth]))));
  const request = process();
  const early = request();
  expect(await rowOf(early, 'x')).toBe('old');
  truth = 'new';
  expect([await rowOf(request(), 'x'), await rowOf(early, 'x')]).toEqual(['new', 'old']);
});

test('two databases are never asked together, nor is what depends on the viewer', async () => {
  const sources: object[] = [];
  const rowOf = batchedRows<string, string>((ids, { reader }) => { sources.push(reader); return Promise.resolve(new Map(ids.map((id) => [id, id]))); });
  const [here, there] = [process()(), process()()];
  await Promise.all([rowOf(here, 'x'), rowOf(there, 'x')]);
  expect(sources).toEqual([here.reader, there.reader]);
  const mine = batched<string, string>((ids, { viewer }) => Promise.resolve(new Map(ids.map((id) => [id, `${id} of ${viewer?.personId}`]))));
  const request = process();
  expect(await Promise.all([mine(request('ada'), 'x'), mine(request('ben'), 'x')])).toEqual(['x of ada', 'x of ben']);
});

test('what fails fails for all who asked together, and is asked again by the next', async () => {
  let broken = true;
  const rowOf = batchedRows<string, string>((ids) => (broken ? Promise.reject(new Error('gone')) : Promise.resolve(new Map(ids.map((id) => [id, id])))));
  const request = process();
  const both = await Promise.allSettled([rowOf(request(), 'x'), rowOf(request(), 'y')]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  broken = false;
  expect(await rowOf(request(), 'x')).toBe('x');
});
