import type { NatsConnection } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { natsLiveMetrics } from '../../adapters/nats/live-metrics.ts';
import { openNats } from '../../adapters/nats/connection.ts';
import type { LiveMetrics } from '../../contracts/messages/live-metrics.ts';
import { columnsOf } from '../../domain/metrics/series.ts';
import type { LoggedSegment } from '../../operations/ports/metric-store.ts';
import { freshNats, type FreshNats } from '../support/fresh-nats.ts';

let server: FreshNats;
let here: NatsConnection;
let there: NatsConnection;
beforeAll(async () => {
  server = await freshNats();
  [here, there] = await Promise.all([openNats(server.url, 'here'), openNats(server.url, 'there')]);
});
afterAll(async () => {
  await Promise.all([here.close(), there.close()]);
  await server.stop();
});

const segment = (sequence: number, values: readonly number[]): LoggedSegment =>
  ({ sequence, series: columnsOf(values.map((value, at) => ({ key: 'loss', value, step: BigInt(at), timestamp: 5n }))) });

/** Listens, calls `then` when the listening has begun, and answers the first `count` messages after the one that says so. */
async function hear(count: number, listen: (signal: AbortSignal) => AsyncIterable<LiveMetrics>, then: () => void): Promise<LiveMetrics[]> {
  const stop = new AbortController();
  const heard: LiveMetrics[] = [];
  const messages = listen(stop.signal)[Symbol.asyncIterator]();
  expect((await messages.next()).value).toMatchObject({ sequence: 0, series: null });
  then();
  for (let next = await messages.next(); !next.done; next = await messages.next()) if (heard.push(next.value) === count) break;
  stop.abort();
  await messages.return?.();
  return heard;
}

describe('live metrics over NATS', () => {
  it('carry the points of a run to every process, values that JSON cannot say included', async () => {
    const source = natsLiveMetrics(here);
    const feed = natsLiveMetrics(there);
    const heard = await hear(2, (signal) => source.subscribe('run-a', signal), () => {
      feed.publish('run-b', segment(7, [1]));
      feed.publish('run-a', segment(1, [0.5, NaN]));
      feed.publish('run-a', segment(2, [Infinity]));
    });
    expect(heard).toEqual([
      { runId: 'run-a', sequence: 1, series: [{ key: 'loss', steps: [0, 1], timestamps: [5, 5], values: [0.5, 'NaN'] }] },
      { runId: 'run-a', sequence: 2, series: [{ key: 'loss', steps: [0], timestamps: [5], values: ['Infinity'] }] },
    ]);
  });

  it('announce what is too much for a message without its points, once for many', async () => {
    const live = natsLiveMetrics(here);
    const many = Array.from({ length: 2_001 }, (_, at) => at);
    const heard = await hear(1, (signal) => live.subscribe('run-c', signal), () => { for (const sequence of [3, 4, 5]) live.publish('run-c', segment(sequence, sequence === 4 ? [1] : many)); });
    expect(heard).toEqual([{ runId: 'run-c', sequence: 5, series: null }]);
  });

  it('tell a listener to look into the store after a silence', async () => {
    const live = natsLiveMetrics(here, { lookAgainInMs: 1 });
    expect(await hear(1, (signal) => live.subscribe('run-d', signal), () => {})).toEqual([{ runId: 'run-d', sequence: 0, series: null }]);
  });

  it('hold a bounded number of messages for a listener who does not read', async () => {
    const live = natsLiveMetrics(here, { lookAgainInMs: 1_000_000 });
    const stop = new AbortController();
    const messages = live.subscribe('run-e', stop.signal)[Symbol.asyncIterator]();
    await messages.next();
    for (let sequence = 1; sequence <= 1_000; sequence += 1) live.publish('run-e', segment(sequence, [1]));
    await here.flush();
    const rest: number[] = [];
    while (rest.at(-1) !== 1_000) rest.push(((await messages.next()) as IteratorYieldResult<LiveMetrics>).value.sequence);
    expect(rest.length).toBeLessThanOrEqual(8);
    stop.abort();
    await messages.return?.();
  });
});
