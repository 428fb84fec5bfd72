import type { Pool } from 'pg';
import { CONSOLE_BOUNDS, type ConsoleBounds } from '../../../domain/console/console-cut.ts';
import { consoleBatch, plainText, type ConsoleStream } from '../../../domain/console/console-line.ts';
import type { ConsoleFound, ConsoleSearch, ConsoleState, ConsoleStore, LiveConsoleFeed, NumberedLine } from '../../../operations/ports/console-store.ts';
import type { Database } from '../client.ts';
import { inTransaction, retried } from '../metrics/in-transaction.ts';
import { appendOnce, headOf, type Head } from './append-console.ts';
import { bytesOf, openChunk } from './console-chunk.ts';
import { Turns, type TurnLimits } from './turns.ts';

export interface ConsoleOptions { readonly bounds?: ConsoleBounds; readonly turns?: TurnLimits }

const TURNS: TurnLimits = { atOnce: 6, bytes: 64 * 1024 * 1024 };
const CHUNKS_A_READ = 16;

/** Consoles as compressed chunks of lines in Postgres. What is committed is published on `feed`. See docs/decisions/0090-console-lines.md. */
export function postgresConsoleStore({ pool }: Pick<Database, 'pool'>, feed: LiveConsoleFeed, { bounds = CONSOLE_BOUNDS, turns = TURNS }: ConsoleOptions = {}): ConsoleStore {
  const line = new Turns(turns);
  return {
    async append(runId, given) {
      const batch = consoleBatch(given);
      if (batch.length === 0) return { added: 0, state: await readState(pool, runId) };
      const { added, before, head } = await line.take(runId, batch.reduce((sum, each) => sum + bytesOf(each), 0), () => retried(() => inTransaction(pool, (client) => appendOnce(client, runId, batch, bounds))));
      const state = stateOf(head);
      if (added.length > 0) feed.publish(runId, { before, lines: added, state });
      return { added: added.length, state };
    },
    state: (runId) => readState(pool, runId),
    async read(runId, from, most) {
      const lines: NumberedLine[] = [];
      for await (const chunk of chunksFrom(pool, runId, from)) {
        const open = (await openChunk(chunk.data)).lines();
        open.forEach((each, at) => { if (chunk.firstLine + at >= from && lines.length < most) lines.push({ ...each, number: chunk.firstLine + at }); });
        if (lines.length >= most) break;
      }
      return lines;
    },
    search: (runId, search) => searchConsole(pool, runId, search),
    async feeds(runId) {
      const { rows } = await pool.query<{ source: string; stream: ConsoleStream; last_sequence: string }>('SELECT source, stream, last_sequence FROM console_feeds WHERE run_id = $1 ORDER BY source, stream DESC', [runId]);
      return rows.map(({ source, stream, last_sequence }) => ({ source, stream, lastSequence: Number(last_sequence) }));
    },
    delete: (runIds) => retried(() => inTransaction(pool, async (client) => {
      await client.query('SELECT 1 FROM console_heads WHERE run_id = ANY($1::text[]) ORDER BY run_id FOR UPDATE', [runIds]);
      for (const table of ['console_chunks', 'console_feeds', 'console_heads']) await client.query(`DELETE FROM ${table} WHERE run_id = ANY($1::text[])`, [runIds]);
    })),
  };
}

const stateOf = ({ lines, bytes, cut }: Head): ConsoleState => ({ lineCount: lines, bytes, cut });

async function readState(pool: Pool, runId: string): Promise<ConsoleState> {
  const { rows: [row] } = await pool.query({ name: 'console-head-read', text: 'SELECT lines, bytes, cut_from, cut_to FROM console_heads WHERE run_id = $1', values: [runId] });
  return stateOf(headOf(row as Parameters<typeof headOf>[0]));
}

interface Chunk { readonly firstLine: number; readonly data: Buffer }

/** Chunks with lines from a number on, a few at a time: a console of a million lines is never in memory whole. */
async function* chunksFrom(pool: Pool, runId: string, from: number): AsyncGenerator<Chunk> {
  for (let next = from; ;) {
    const { rows } = await pool.query<{ first_line: string; lines: number; data: Buffer }>({
      name: 'console-chunks-read', text: 'SELECT first_line, lines, data FROM console_chunks WHERE run_id = $1 AND first_line + lines > $2 ORDER BY first_line LIMIT $3', values: [runId, next, CHUNKS_A_READ],
    });
    for (const { first_line, data } of rows) yield { firstLine: Number(first_line), data };
    const last = rows.at(-1);
    if (!last || rows.length < CHUNKS_A_READ) return;
    next = Number(last.first_line) + last.lines;
  }
}

async function searchConsole(pool: Pool, runId: string, { text, most }: ConsoleSearch): Promise<ConsoleFound> {
  const wanted = text.toLowerCase();
  const numbers: number[] = [];
  for await (const { firstLine, data } of chunksFrom(pool, runId, 1)) {
    const { texts } = await openChunk(data);
    // Colours stand inside of what is looked for, so that only a text without any can be passed over whole.
    if (!texts.includes('\u001B') && !texts.toLowerCase().includes(wanted)) continue;
    for (const [at, each] of texts.split('\n').entries()) {
      if (!plainText(each).toLowerCase().includes(wanted)) continue;
      if (numbers.length === most) return { numbers, complete: false };
      numbers.push(firstLine + at);
    }
  }
  return { numbers, complete: true };
}
