import { describe, expect, it } from 'vitest';
import { Committer, type Append, type CommitterOptions } from './committer.ts';

/** A database that finishes its transactions when told to. */
class ScriptedDatabase {
  readonly flights: { readonly runIds: readonly string[]; readonly finish: () => void; readonly fail: (problem: Error) => void }[] = [];
  readonly write = (appends: readonly Append[]): Promise<readonly number[]> => new Promise((resolve, reject) => {
    this.flights.push({ runIds: appends.map(({ runId }) => runId), finish: () => resolve(appends.map(() => 1)), fail: reject });
  });
}

const moment = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const some = async (moments: number): Promise<void> => { for (let at = 0; at < moments; at += 1) await moment(); };

function open(options: Partial<CommitterOptions> = {}) {
  const database = new ScriptedDatabase();
  const committer = new Committer({ write: database.write, mayBeOneAppendsFault: (problem) => problem instanceof TypeError, ...options });
  const add = (runId: string, points = 10) => committer.add({ runId, series: [] }, points);
  return { database, committer, add };
}

describe('group commit', () => {
  it('writes what arrived together in one transaction, and what arrives meanwhile in the next', async () => {
    const { database, add } = open({ flights: 1 });
    const first = [add('a'), add('b')];
    await some(2);
    const second = [add('c'), add('d')];
    await some(2);
    expect(database.flights.map(({ runIds }) => runIds)).toEqual([['a', 'b']]);
    database.flights[0]?.finish();
    await Promise.all(first);
    await some(2);
    expect(database.flights.map(({ runIds }) => runIds)).toEqual([['a', 'b'], ['c', 'd']]);
    database.flights[1]?.finish();
    expect(await Promise.all(second)).toEqual([1, 1]);
  });

  it('has at most two transactions in flight, and never one run in both', async () => {
    const { database, add } = open();
    void add('a');
    await some(2);
    void add('a');
    void add('b');
    await some(2);
    void add('c');
    await some(2);
    expect(database.flights.map(({ runIds }) => runIds)).toEqual([['a'], ['b']]);
    database.flights[0]?.finish();
    await some(2);
    expect(database.flights.map(({ runIds }) => runIds)).toEqual([['a'], ['b'], ['a', 'c']]);
  });

  it('bounds a transaction, but lets a batch larger than the bound pass alone', async () => {
    const { database, add } = open({ flights: 1, maxPointsAFlight: 25 });
    void add('a', 100);
    void add('b', 10);
    void add('c', 10);
    void add('d', 10);
    await some(2);
    database.flights[0]?.finish();
    await some(2);
    expect(database.flights.map(({ runIds }) => runIds)).toEqual([['a'], ['b', 'c']]);
  });

  it('writes a failed group one by one when one append may be at fault, so that the others pass', async () => {
    const { database, add } = open();
    const results = Promise.allSettled([add('good'), add('bad'), add('fine')]);
    await some(2);
    database.flights[0]?.fail(new TypeError('bad data'));
    await some(2);
    database.flights[1]?.finish();
    await some(2);
    database.flights[2]?.fail(new TypeError('bad data'));
    await some(2);
    database.flights[3]?.finish();
    expect((await results).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('fails a group at once when the database itself is gone', async () => {
    const { database, add } = open();
    const results = Promise.allSettled([add('a'), add('b')]);
    await some(2);
    database.flights[0]?.fail(new RangeError('gone'));
    expect((await results).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(database.flights).toHaveLength(1);
  });

  it('makes callers wait for room, in order, instead of holding everything', async () => {
    const { committer } = open({ maxPointsHeld: 100 });
    const entered: number[] = [];
    const callers = Array.from({ length: 6 }, (_, at) => committer.room(60).then(() => entered.push(at)));
    await some(5);
    expect(entered).toEqual([0, 1]);
    committer.leave(60);
    await some(5);
    expect(entered).toEqual([0, 1, 2]);
    committer.leave(120);
    await some(5);
    expect(entered).toEqual([0, 1, 2, 3, 4]);
    committer.leave(120);
    await Promise.all(callers);
  });
});
