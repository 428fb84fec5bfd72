import type { Pool, PoolClient } from 'pg';
import type { OutboxQueue, OutgoingMessage } from '../../operations/ports/courier.ts';

const LISTEN_AGAIN_MS = 500;

/** The relay's side of the outbox: rows are locked while they are published, and deleted only in the transaction that saw them published. */
export function postgresOutboxQueue(pool: Pool): OutboxQueue {
  return {
    async relay(limit, publish) {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        const { rows } = await client.query<OutgoingMessage>('SELECT id, subject, body FROM outbox ORDER BY created_at, id LIMIT $1 FOR UPDATE SKIP LOCKED', [limit]);
        if (rows.length > 0) {
          await publish(rows);
          await client.query('DELETE FROM outbox WHERE id = ANY($1)', [rows.map((row) => row.id)]);
        }
        await client.query('COMMIT');
        client.release();
        return rows.length;
      } catch (error) {
        // The connection may be what failed; a fresh one costs a millisecond, a broken one in the pool costs a request.
        client.release(true);
        throw error;
      }
    },
    onWritten: (wake) => listen(pool, wake),
    async backlog() {
      const { rows } = await pool.query<{ rows: number; oldest: number | null }>(
        `SELECT count(*)::int AS rows, (extract(epoch FROM now() - min(created_at)) * 1000)::float8 AS oldest FROM outbox`);
      return { rows: rows[0]?.rows ?? 0, oldestMs: Math.max(0, rows[0]?.oldest ?? 0) };
    },
  };
}

/** Holds one connection with LISTEN, and takes another when it is lost. Wakes after each loss, since rows may have come meanwhile. */
async function listen(pool: Pool, wake: () => void): Promise<() => Promise<void>> {
  let stopped = false;
  let held: PoolClient | null = null;
  let timer: NodeJS.Timeout | undefined;

  async function attach(): Promise<void> {
    if (stopped) return;
    try {
      const client = await pool.connect();
      const lost = (): void => {
        if (held !== client) return;
        held = null;
        client.release(true);
        again();
      };
      client.on('error', lost);
      client.on('end', lost);
      client.on('notification', wake);
      held = client;
      await client.query('LISTEN outbox');
      wake();
    } catch {
      const client = held;
      held = null;
      client?.release(true);
      again();
    }
  }
  function again(): void {
    if (!stopped) timer = setTimeout(() => void attach(), LISTEN_AGAIN_MS);
  }

  await attach();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    const client = held;
    held = null;
    client?.release(true);
  };
}
