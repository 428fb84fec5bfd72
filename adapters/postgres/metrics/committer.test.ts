import { describe, expect, it } from 'vitest';
import { conflict } from '../../../domain/refusal.ts';
import { Committer, type Append, type CommitterOptions, type Outcome } from './committer.ts';

/** A database that finishes its transactions when told to. */
class ScriptedDatabase {
  readonly flights: { readonly runIds: readonly string[]; readonly finish: (outcomes?: readonly Outcome[]) => void; readonly fail: (problem: Error) => void }[] = [];
  readonly write = (appends: readonly Append[]): Promise<readonly Outcome[]> => new Promise((resolve, reject) => {
    this.flights.push({ runIds: appends.map(({ runId }) => runId), finish: (outcomes = appends.map(() => 1)) => resolve(outcomes), fail: reject });
  });
}

const moment = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const some = async (moments: number): Promise<void> => { for (let at = 0; at < moments; at += 1) await moment(); };

function open(options: Partial<CommitterOptions> = {}) {
  const database = new ScriptedDatabase();
  const committer = new Committer({ write: database.write, mayBeOneAppendsFault: (problem) => problem instanceof TypeError, ...options });
  const add = (runId: string, points = 10) => committer.append(points, () => ({ runId, series: [], place: null }));
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

  it('refuses one append of a group while the others are written', async () => {
    const { database, add } = open();
    const results = Promise.allSettled([add('a'), add('b'), add('c')]);
    await some(2);
    database.flights[0]?.finish([1, conflict('stream/gap', 'Too far.'), 1]);
    expect((await results).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(database.flights).toHaveLength(1);
  });

  it('makes callers wait for room, in order, instead of holding everything', async () => {
    const { database, add } = open({ flights: 1, maxPointsHeld: 100 });
    const settled: string[] = [];
    const callers = ['a', 'b', 'c', 'd'].map((run) => add(run, 60).then(() => settled.push(run)));
    await some(2);
    expect(database.flights.map(({ runIds }) => runIds)).toEqual([['a', 'b']]);
    const latecomer = add('e', 60).then(() => settled.push('e'));
    database.flights[0]?.finish();
    await some(2);
    expect(database.flights.map(({ runIds }) => runIds)).toEqual([['a', 'b'], ['c', 'd']]);
    database.flights[1]?.finish();
    await some(2);
    database.flights[2]?.finish();
    await Promise.all([...callers, latecomer]);
    expect(settled).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('gives back the room of an append that could not be made', async () => {
    const { committer, database, add } = open({ maxPointsHeld: 10 });
    await expect(committer.append(100, () => { throw new RangeError('no such points'); })).rejects.toThrow('no such points');
    const next = add('a');
    await some(2);
    database.flights[0]?.finish();
    expect(await next).toBe(1);
  });
});
