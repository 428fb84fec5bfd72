import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { eventually, lemmaClient, type LemmaClient } from '../support/lemma-client.ts';
import { PatientClients } from '../support/patient-clients.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { historyOf } from '../support/training-log.ts';

const CLIENTS = 8;
const SEED = 11;

/** What clients may be told while nothing can be written: try again, or nothing at all. */
const RETRYABLE = /^(?:503 TEMPORARILY_UNAVAILABLE|503 |no answer)$/;

/** Clients log; the trouble begins, is felt, and ends; each batch is acknowledged in the end, nobody was refused for good, and everything acknowledged is there once. */
async function logThrough(client: LemmaClient, trouble: { readonly begin: () => Promise<void>; readonly end: () => Promise<void> }): Promise<PatientClients> {
  const clients = new PatientClients(client, SEED);
  await clients.begin(CLIENTS);
  await clients.more(200);
  await trouble.begin();
  await eventually(async () => clients.refusals.get('503 TEMPORARILY_UNAVAILABLE') ?? 0, (count) => count >= CLIENTS);
  await trouble.end();
  await clients.more(200);
  await clients.end();
  expect([...clients.refusals.keys()].filter((said) => !RETRYABLE.test(said))).toEqual([]);
  for (const log of clients.logs) {
    for (const key of log.keys) {
      const history = await historyOf(client, log.runId, key);
      expect(log.wrongWith(key, log.kept(key), history)).toEqual([]);
      expect(history.length).toBe(log.kept(key).length);
    }
  }
  return clients;
}

async function asked(stack: Stack, ...statements: readonly string[]): Promise<void> {
  const postgres = new Client({ connectionString: stack.databaseUrl });
  await postgres.connect();
  try {
    for (const statement of statements) await postgres.query(statement);
  } finally {
    await postgres.end();
  }
}

test('while Postgres refuses to write, clients are told to try again, and do so with success once it writes', async () => {
  const stack = await startStack();
  try {
    await logThrough(lemmaClient(stack.url), {
      begin: () => asked(stack, 'ALTER SYSTEM SET default_transaction_read_only = on', 'SELECT pg_reload_conf()'),
      end: () => asked(stack, 'SET default_transaction_read_only = off', 'ALTER SYSTEM RESET default_transaction_read_only', 'SELECT pg_reload_conf()'),
    });
  } finally {
    await stack.stop();
  }
}, 300_000);

test('while Postgres is gone, GraphQL says so in its own form, to readers and writers, and answers again by itself', async () => {
  const stack = await startStack();
  try {
    const said = new Set<string>();
    let asked = 0;
    /** The code of one answer; "ok" when nothing is wrong with it. */
    const ask = async (query: string): Promise<string> => {
      const answer = await fetch(`${stack.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query }) });
      const { errors = [] } = await answer.json() as { errors?: readonly { readonly extensions: { readonly code: string } }[] };
      const code = errors[0]?.extensions.code ?? 'ok';
      said.add(code);
      return code;
    };
    const everybody = (): Promise<string[]> => Promise.all([ask('{ projects(first: 5) { totalCount } }'), ask(`mutation { createProject(input: { slug: "gone-${asked += 1}", name: "Gone" }) { project { id } } }`)]);
    expect(await everybody()).toEqual(['ok', 'ok']);
    await stack.kill('Postgres');
    expect(await everybody()).toEqual(['TEMPORARILY_UNAVAILABLE', 'TEMPORARILY_UNAVAILABLE']);
    await eventually(everybody, (codes) => codes.every((code) => code === 'ok'));
    expect([...said].toSorted()).toEqual(['TEMPORARILY_UNAVAILABLE', 'ok']);
  } finally {
    await stack.stop();
  }
}, 300_000);

test.skipIf(process.env['LEMMA_WITHOUT_SMALL_DISK'])('when the disk is full, clients are told to try again, and nothing acknowledged is lost; once there is room, the server goes on by itself', async () => {
  const disk = mkdtempSync(join(tmpdir(), 'lemma-small-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=400m,mode=0755', 'lemma-small-disk', disk]);
  try {
    const stack = await startStack({ dataFolder: join(disk, 'data') });
    try {
      const filler = join(disk, 'filler');
      await logThrough(lemmaClient(stack.url), {
        begin: async () => { fill(filler); },
        end: async () => { rmSync(filler); },
      });
    } finally {
      await stack.stop();
    }
  } finally {
    execFileSync('umount', ['--lazy', disk]);
    rmSync(disk, { recursive: true, force: true });
  }
}, 300_000);

/** Takes all the room there is. */
function fill(file: string): void {
  const descriptor = openSync(file, 'w');
  try {
    for (const piece = Buffer.alloc(2 ** 16); ;) writeSync(descriptor, piece);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    closeSync(descriptor);
  }
}
