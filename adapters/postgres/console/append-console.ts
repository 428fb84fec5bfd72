import type { PoolClient } from 'pg';
import { stretchesToCut, widened, type ConsoleBounds, type ConsoleCut } from '../../../domain/console/console-cut.ts';
import { feedOf, identityOf, type ConsoleLine } from '../../../domain/console/console-line.ts';
import { bytesOf, encodeChunk, inStretches, openChunk } from './console-chunk.ts';

/** A chunk grows up to about so many bytes of text; then the next one begins. */
export const CHUNK_BYTES = 64 * 1024;
/** Of a console that is too long more goes than must, so that not every append has to look. */
const CUT_DOWN_TO = 0.94;
const CHUNKS_A_LOOK = 32;

export interface Head { readonly lines: number; readonly bytes: number; readonly cut: ConsoleCut | null }
interface Feed { readonly last: number; readonly cut: number }

/** What one transaction did: the lines that were new, and the head after them. */
export interface Appended { readonly added: readonly ConsoleLine[]; readonly before: number; readonly head: Head }

/** Adds what is new of the batch, under the lock of the run's head. */
export async function appendOnce(client: PoolClient, runId: string, batch: readonly ConsoleLine[], bounds: ConsoleBounds): Promise<Appended> {
  const head = await lockHead(client, runId);
  const feeds = await readFeeds(client, runId, batch);
  const added = await onlyNew(client, runId, batch, feeds);
  if (added.length === 0) return { added, before: head.lines, head };
  await writeChunks(client, runId, head.lines, added);
  await saveFeeds(client, runId, added);
  const grown: Head = { ...head, lines: head.lines + added.length, bytes: head.bytes + added.reduce((sum, line) => sum + bytesOf(line), 0) };
  const after = grown.bytes > bounds.bytes ? await cutMiddle(client, runId, grown, bounds) : grown;
  await client.query({
    name: 'console-head-save', text: 'UPDATE console_heads SET lines = $2, bytes = $3, cut_from = $4, cut_to = $5, last_logged_at = now() WHERE run_id = $1',
    values: [runId, after.lines, after.bytes, after.cut?.from ?? null, after.cut?.to ?? null],
  });
  return { added, before: head.lines, head: after };
}

interface HeadRow { readonly lines: string; readonly bytes: string; readonly cut_from: string | null; readonly cut_to: string | null }
export const headOf = (row: HeadRow | undefined): Head =>
  ({ lines: Number(row?.lines ?? 0), bytes: Number(row?.bytes ?? 0), cut: row?.cut_from == null ? null : { from: Number(row.cut_from), to: Number(row.cut_to) } });

/** A head that does not exist is made, so that there is always something to lock; one that is being deleted is made again. */
async function lockHead(client: PoolClient, runId: string): Promise<Head> {
  for (;;) {
    const { rows: [row] } = await client.query<HeadRow>({ name: 'console-head-lock', text: 'SELECT lines, bytes, cut_from, cut_to FROM console_heads WHERE run_id = $1 FOR UPDATE', values: [runId] });
    if (row) return headOf(row);
    await client.query({ name: 'console-head-make', text: 'INSERT INTO console_heads (run_id) VALUES ($1) ON CONFLICT DO NOTHING', values: [runId] });
  }
}

async function readFeeds(client: PoolClient, runId: string, batch: readonly ConsoleLine[]): Promise<ReadonlyMap<string, Feed>> {
  const { rows } = await client.query<{ source: string; stream: ConsoleLine['stream']; last_sequence: string; cut_sequence: string }>({
    name: 'console-feeds-read', text: 'SELECT source, stream, last_sequence, cut_sequence FROM console_feeds WHERE run_id = $1 AND source = ANY($2::text[])',
    values: [runId, [...new Set(batch.map(({ source }) => source))]],
  });
  return new Map(rows.map((row) => [feedOf(row), { last: Number(row.last_sequence), cut: Number(row.cut_sequence) }]));
}

/** A number above its feed's last one is new without looking: that is how a process prints. The others are looked for in the chunks that may hold them. */
async function onlyNew(client: PoolClient, runId: string, batch: readonly ConsoleLine[], feeds: ReadonlyMap<string, Feed>): Promise<readonly ConsoleLine[]> {
  const doubtful = batch.filter((line) => line.sequence <= (feeds.get(feedOf(line))?.last ?? -1));
  if (doubtful.length === 0) return batch;
  const known = new Set<string>();
  const open = new Set<string>();
  for (const line of doubtful) (line.sequence <= (feeds.get(feedOf(line))?.cut ?? -1) ? known : open).add(identityOf(line));
  const sequences = doubtful.filter((line) => open.has(identityOf(line))).map(({ sequence }) => sequence);
  const [least, most] = [sequences.reduce((a, b) => Math.min(a, b), Infinity), sequences.reduce((a, b) => Math.max(a, b), -1)];
  // From the end: what is sent again is most often what was sent last.
  for (let before = Number.MAX_SAFE_INTEGER; open.size > 0;) {
    const { rows } = await client.query<{ first_line: string; data: Buffer }>({
      name: 'console-chunks-overlapping',
      text: 'SELECT first_line, data FROM console_chunks WHERE run_id = $1 AND first_line < $2 AND last_sequence >= $3 AND first_sequence <= $4 ORDER BY first_line DESC LIMIT $5',
      values: [runId, before, least, most, CHUNKS_A_LOOK],
    });
    for (const { data } of rows) {
      const there = (await openChunk(data)).lines().map(identityOf).filter((identity) => open.delete(identity));
      for (const identity of there) known.add(identity);
    }
    if (rows.length < CHUNKS_A_LOOK) break;
    before = Number(rows.at(-1)?.first_line);
  }
  return batch.filter((line) => !known.has(identityOf(line)));
}

/** The last chunk grows while it is small, so that a console of many small batches is still few rows. */
async function writeChunks(client: PoolClient, runId: string, lineCount: number, added: readonly ConsoleLine[]): Promise<void> {
  const { rows: [tail] } = await client.query<{ first_line: string; data: Buffer }>({
    name: 'console-chunk-tail', text: 'SELECT first_line, data FROM (SELECT * FROM console_chunks WHERE run_id = $1 ORDER BY first_line DESC LIMIT 1) t WHERE bytes < $2',
    values: [runId, CHUNK_BYTES / 2],
  });
  let next = tail ? Number(tail.first_line) : lineCount + 1;
  const chunks = inStretches([...(tail ? (await openChunk(tail.data)).lines() : []), ...added], CHUNK_BYTES).map((lines) => {
    const firstLine = next;
    next += lines.length;
    return { firstLine, lines, sequences: lines.map(({ sequence }) => sequence) };
  });
  await client.query({
    name: 'console-chunks-write',
    text: `INSERT INTO console_chunks (run_id, first_line, lines, bytes, first_sequence, last_sequence, data)
           SELECT $1, * FROM unnest($2::int8[], $3::int4[], $4::int4[], $5::int8[], $6::int8[], $7::bytea[])
           ON CONFLICT (run_id, first_line) DO UPDATE SET lines = EXCLUDED.lines, bytes = EXCLUDED.bytes, first_sequence = EXCLUDED.first_sequence, last_sequence = EXCLUDED.last_sequence, data = EXCLUDED.data`,
    values: [
      runId, chunks.map(({ firstLine }) => firstLine), chunks.map(({ lines }) => lines.length), chunks.map(({ lines }) => lines.reduce((sum, line) => sum + bytesOf(line), 0)),
      chunks.map(({ sequences }) => sequences.reduce((a, b) => Math.min(a, b))), chunks.map(({ sequences }) => sequences.reduce((a, b) => Math.max(a, b))),
      await Promise.all(chunks.map(({ lines }) => encodeChunk(lines))),
    ],
  });
}

/** Of each feed its largest number among these lines. */
function largest(lines: readonly ConsoleLine[]): ConsoleLine[] {
  const last = new Map<string, ConsoleLine>();
  for (const line of lines) if (line.sequence >= (last.get(feedOf(line))?.sequence ?? -1)) last.set(feedOf(line), line);
  return [...last.values()];
}

async function saveFeeds(client: PoolClient, runId: string, added: readonly ConsoleLine[]): Promise<void> {
  const last = largest(added);
  await client.query({
    name: 'console-feeds-save',
    text: `INSERT INTO console_feeds (run_id, source, stream, last_sequence) SELECT $1, * FROM unnest($2::text[], $3::text[], $4::int8[])
           ON CONFLICT (run_id, source, stream) DO UPDATE SET last_sequence = greatest(console_feeds.last_sequence, EXCLUDED.last_sequence)`,
    values: [runId, last.map(({ source }) => source), last.map(({ stream }) => stream), last.map(({ sequence }) => sequence)],
  });
}

async function cutMiddle(client: PoolClient, runId: string, head: Head, bounds: ConsoleBounds): Promise<Head> {
  const { rows } = await client.query<{ first_line: string; lines: number; bytes: number }>('SELECT first_line, lines, bytes FROM console_chunks WHERE run_id = $1 ORDER BY first_line', [runId]);
  const gone = stretchesToCut(rows.map(({ first_line, lines, bytes }) => ({ firstLine: Number(first_line), lines, bytes })), { ...bounds, bytes: bounds.bytes * CUT_DOWN_TO });
  for (const { firstLine } of gone) {
    const { rows: [chunk] } = await client.query<{ data: Buffer }>('DELETE FROM console_chunks WHERE run_id = $1 AND first_line = $2 RETURNING data', [runId, firstLine]);
    const last = chunk ? largest((await openChunk(chunk.data)).lines()) : [];
    await client.query(
      `UPDATE console_feeds f SET cut_sequence = greatest(f.cut_sequence, u.sequence) FROM unnest($2::text[], $3::text[], $4::int8[]) AS u(source, stream, sequence)
       WHERE f.run_id = $1 AND f.source = u.source AND f.stream = u.stream`,
      [runId, last.map(({ source }) => source), last.map(({ stream }) => stream), last.map(({ sequence }) => sequence)],
    );
  }
  return { ...head, bytes: head.bytes - gone.reduce((sum, { bytes }) => sum + bytes, 0), cut: widened(head.cut, gone) };
}
