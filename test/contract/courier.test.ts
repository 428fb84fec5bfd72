import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NatsConnection } from '@nats-io/transport-node';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { openChangeFeed } from '../../adapters/nats/change-feed.ts';
import { openNats } from '../../adapters/nats/connection.ts';
import { natsCourier } from '../../adapters/nats/courier.ts';
import { ensureStreams } from '../../adapters/nats/streams.ts';
import { natsWorkQueue } from '../../adapters/nats/work-queue.ts';
import { openDatabase, type Database } from '../../adapters/postgres/client.ts';
import { postgresOutboxQueue } from '../../adapters/postgres/outbox-queue.ts';
import { postgresOutbox } from '../../adapters/postgres/outbox.ts';
import { postgresMetricStore } from '../../adapters/postgres/metrics/metric-store.ts';
import { postgresStore } from '../../adapters/postgres/store.ts';
import { systemClock, systemIds, systemSecrets } from '../../adapters/system/ambient.ts';
import type { Change } from '../../contracts/messages/change.ts';
import { startChild, type Child } from '../../scripts/launch/child.ts';
import { freePort } from '../../scripts/launch/free-port.ts';
import { findNatsServer, prepareNats } from '../../scripts/launch/nats.ts';
import type { AnalysisPorts } from '../../operations/analysis/analyse-experiment.ts';
import { analysisHandler } from '../../workers/analysis/analyse-experiments.ts';
import { relayOutbox } from '../../workers/outbox/relay.ts';
import { serveMessages } from '../../workers/runtime/serve.ts';
import { keepUp } from '../../workers/upkeep/upkeep.ts';
import { freshDatabase, type FreshDatabase } from '../support/fresh-database.ts';

/** A nats-server that can be killed, and started again on the same port with or without its folder. */
async function restartableNats() {
  const port = await freePort();
  let folder = mkdtempSync(join(tmpdir(), 'lemma-courier-'));
  const start = () => startChild(prepareNats({ dataFolder: folder, port, binary: findNatsServer('.cache', { ...process.env }) }).plan);
  let child: Child = await start();
  return {
    url: `nats://127.0.0.1:${port}`,
    async restart({ wiped }: { readonly wiped: boolean }) {
      await child.stop();
      if (wiped) {
        rmSync(folder, { recursive: true, force: true });
        folder = mkdtempSync(join(tmpdir(), 'lemma-courier-'));
      }
      child = await start();
    },
    async stop() {
      await child.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const silent = { info: () => {}, warn: () => {}, error: () => {} };
const aChange = (id: string): Change => ({ noun: 'run', id, verb: 'ended', projectId: null, experimentId: null, subjectId: null });

let fresh: FreshDatabase;
let database: Database;
let server: Awaited<ReturnType<typeof restartableNats>>;
let nats: NatsConnection;
let stopping: AbortController;
const atEnd: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url);
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});
beforeEach(async () => {
  server = await restartableNats();
  nats = await openNats(server.url, 'courier-test');
  stopping = new AbortController();
});
afterEach(async () => {
  stopping.abort();
  for (const end of atEnd.splice(0).toReversed()) await end();
  await nats.close();
  await server.stop();
  await database.pool.query('DELETE FROM outbox');
});

const announce = (id: string) => database.prisma.$transaction((tx) => postgresOutbox(tx, systemIds).change(aChange(id)));
const outboxRows = async (): Promise<number> => (await postgresOutboxQueue(database.pool).backlog()).rows;

function startRelay(): void {
  const running = relayOutbox({ outbox: postgresOutboxQueue(database.pool), courier: natsCourier(nats), log: silent }, stopping.signal);
  atEnd.push(() => running);
}

async function startFeed(): Promise<string[]> {
  const feed = await openChangeFeed(nats);
  atEnd.push(() => feed.close());
  const seen: string[] = [];
  void (async () => {
    for await (const change of feed.subscribe(() => true, stopping.signal)) seen.push(change.id);
  })();
  return seen;
}

test('a change that was committed reaches the feed and leaves the outbox', async () => {
  const seen = await startFeed();
  startRelay();
  await announce('a');
  await vi.waitFor(() => expect(seen).toEqual(['a']), 10_000);
  await vi.waitFor(async () => expect(await outboxRows()).toBe(0), 10_000);
});

test('a change whose transaction fails is never heard of', async () => {
  const seen = await startFeed();
  startRelay();
  await expect(database.prisma.$transaction(async (tx) => {
    await postgresOutbox(tx, systemIds).change(aChange('never'));
    throw new Error('changed my mind');
  })).rejects.toThrow('changed my mind');
  await announce('a');
  await vi.waitFor(() => expect(seen).toEqual(['a']), 10_000);
});

test('changes made while nothing relayed are published when a relay comes, in their order', async () => {
  const seen = await startFeed();
  for (const id of ['a', 'b', 'c']) await announce(id);
  startRelay();
  await vi.waitFor(() => expect(seen).toEqual(['a', 'b', 'c']), 10_000);
});

test('a relay that dies after publishing and before deleting publishes again, and it arrives once', async () => {
  const seen = await startFeed();
  await announce('a');
  const courier = natsCourier(nats);
  await expect(postgresOutboxQueue(database.pool).relay(10, async (messages) => {
    for (const message of messages) await courier.publish(message);
    throw new Error('killed');
  })).rejects.toThrow('killed');
  expect(await outboxRows()).toBe(1);
  startRelay();
  await announce('b');
  await vi.waitFor(() => expect(seen).toEqual(['a', 'b']), 10_000);
});

test('several relays share the outbox without publishing anything twice', async () => {
  const published: string[] = [];
  const queue = postgresOutboxQueue(database.pool);
  for (let index = 0; index < 30; index += 1) await announce(`r${index}`);
  const relayAll = async (): Promise<void> => {
    while (await queue.relay(3, async (messages) => { published.push(...messages.map((message) => message.id)); }) > 0);
  };
  await Promise.all([relayAll(), relayAll(), relayAll()]);
  // A relay that saw only locked rows may have stopped early; whoever is left empties the table.
  await relayAll();
  expect(new Set(published).size).toBe(30);
  expect(published).toHaveLength(30);
});

test.each([{ wiped: false }, { wiped: true }])('relay and feed survive a restart of nats-server (wiped: $wiped)', async (how) => {
  const seen = await startFeed();
  startRelay();
  await announce('before');
  await vi.waitFor(() => expect(seen).toEqual(['before']), 10_000);
  await server.restart(how);
  await announce('after');
  await vi.waitFor(() => expect(seen).toEqual(['before', 'after']), 20_000);
  // What was seen is taken off the list a moment later.
  await vi.waitFor(async () => expect(await outboxRows()).toBe(0), 10_000);
});

test('work outlives a restart, and a wiped folder brings stream and consumer back by itself', async () => {
  const subject = 'work.test.something.v1';
  const courier = natsCourier(nats);
  await ensureStreams(nats);
  const handled: string[] = [];
  const running = (async () => {
    for await (const delivery of natsWorkQueue(nats).deliveries(subject, stopping.signal)) {
      handled.push(new TextDecoder().decode(delivery.data));
      await delivery.done();
    }
  })();
  atEnd.push(() => running);
  await courier.publish({ id: 'm1', subject, body: 1 });
  await vi.waitFor(() => expect(handled).toEqual(['1']), 10_000);
  await server.restart({ wiped: false });
  await vi.waitFor(() => courier.publish({ id: 'm2', subject, body: 2 }), 20_000);
  await vi.waitFor(() => expect(handled).toEqual(['1', '2']), 20_000);
  await server.restart({ wiped: true });
  await vi.waitFor(() => courier.publish({ id: 'm3', subject, body: 3 }), 20_000);
  await vi.waitFor(() => expect(handled).toEqual(['1', '2', '3']), 20_000);
});

test('an analysis whose message was lost with a wiped folder is announced again by upkeep, and done', async () => {
  const { pool, prisma } = database;
  await prisma.organization.create({ data: { id: 'org_1', slug: 'lab', name: 'Lab' } });
  await prisma.project.create({ data: { id: 'prj_1', organizationId: 'org_1', slug: 'vision', key: 'VIS', name: 'Vision' } });
  await prisma.experiment.create({ data: { id: 'exp_1', projectId: 'prj_1', number: 1, name: 'e1' } });
  const ports = { store: postgresStore(database, systemIds), metrics: postgresMetricStore(database, { publish: () => {} }), clock: systemClock, ids: systemIds, secrets: systemSecrets };
  startRelay();
  await ports.store.transaction((tx) => tx.outbox.analyse('exp_1'));
  await vi.waitFor(async () => expect(await outboxRows()).toBe(0), 10_000);
  await server.restart({ wiped: true });
  atEnd.push(serveMessagesUntilStopped(ports), upkeepUntilStopped(ports));
  const behind = async (): Promise<number> => (await pool.query('SELECT 1 FROM experiments WHERE analysed_version < inputs_version')).rowCount ?? 0;
  await vi.waitFor(async () => expect(await behind()).toBe(0), 25_000);
});

function serveMessagesUntilStopped(ports: AnalysisPorts): () => Promise<void> {
  const running = serveMessages({ queue: natsWorkQueue(nats), handler: analysisHandler(ports, 'test'), concurrency: 2, attempts: 3, log: silent }, stopping.signal);
  return () => running;
}

function upkeepUntilStopped(ports: AnalysisPorts): () => Promise<void> {
  const running = keepUp({ ports, outbox: postgresOutboxQueue(database.pool), log: silent }, stopping.signal);
  return () => running;
}

test('work put off comes again with the next attempt number, and parked work is kept with its reason', async () => {
  const subject = 'work.test.something.v1';
  await ensureStreams(nats);
  const attempts: number[] = [];
  const running = (async () => {
    for await (const delivery of natsWorkQueue(nats).deliveries(subject, stopping.signal)) {
      attempts.push(delivery.attempt);
      if (delivery.attempt < 3) await delivery.retry(10);
      else await delivery.park('it never\nworks');
    }
  })();
  atEnd.push(() => running);
  await natsCourier(nats).publish({ id: 'm1', subject, body: { x: 1 } });
  await vi.waitFor(() => expect(attempts).toEqual([1, 2, 3]), 10_000);
  const manager = await jetstreamManager(nats);
  await vi.waitFor(async () => expect((await manager.streams.info('PARKED')).state.messages).toBe(1), 10_000);
  const parked = await manager.streams.getMessage('PARKED', { last_by_subj: `parked.${subject}` });
  expect(parked?.string()).toBe('{"x":1}');
  expect(parked?.header.get('Lemma-Reason')).toBe('it never works');
  await vi.waitFor(async () => expect((await manager.streams.info('WORK')).state.messages).toBe(0), 10_000);
});

test('a worker that stops gives back what it fetched and did not begin', async () => {
  const subject = 'work.test.something.v1';
  await ensureStreams(nats);
  for (let index = 0; index < 5; index += 1) await natsCourier(nats).publish({ id: `m${index}`, subject, body: index });
  const first = new AbortController();
  for await (const delivery of natsWorkQueue(nats).deliveries(subject, first.signal)) {
    await delivery.done();
    first.abort();
  }
  const rest: string[] = [];
  const running = (async () => {
    for await (const delivery of natsWorkQueue(nats).deliveries(subject, stopping.signal)) {
      rest.push(new TextDecoder().decode(delivery.data));
      await delivery.done();
    }
  })();
  atEnd.push(() => running);
  // One that was on its way when the first stopped is nobody's until its silence of 30 s is over.
  await vi.waitFor(() => expect(rest.toSorted()).toEqual(['1', '2', '3', '4']), 45_000);
}, 60_000);

test('a stream of an older configuration is brought up to date', async () => {
  const manager = await jetstreamManager(nats);
  await manager.streams.add({ name: 'EVENTS', subjects: ['event.>'], max_age: 0 });
  await ensureStreams(nats);
  expect((await manager.streams.info('EVENTS')).config.max_age).toBeGreaterThan(0);
});

test('the feed passes over what is not a change of this version, and readers get only what they want', async () => {
  const feed = await openChangeFeed(nats);
  atEnd.push(() => feed.close());
  const seen: string[] = [];
  const reading = (async () => {
    for await (const change of feed.subscribe((each) => each.id !== 'unwanted', stopping.signal)) seen.push(change.id);
  })();
  await jetstream(nats).publish('event.change.v1', 'not json');
  await jetstream(nats).publish('event.change.v9', JSON.stringify({ of: 'tomorrow' }));
  for (const id of ['unwanted', 'wanted']) await natsCourier(nats).publish({ id: systemIds.next('outbox'), subject: 'event.change.v1', body: aChange(id) });
  await vi.waitFor(() => expect(seen).toEqual(['wanted']), 10_000);
  expect(feed.lately(({ id }) => id !== 'unwanted').map(({ id }) => id), 'and who comes a moment later can still ask for it').toEqual(['wanted']);
  stopping.abort();
  await reading;
});
