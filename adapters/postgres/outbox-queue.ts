import type { Pool } from 'pg';
import type { OutboxQueue, OutgoingMessage } from '../../operations/ports/courier.ts';
import { listen } from './listen.ts';

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
    onWritten: (wake) => listen(pool, 'outbox', wake),
    async backlog() {
      const { rows } = await pool.query<{ rows: number; oldest: number | null }>(
        `SELECT count(*)::int AS rows, (extract(epoch FROM now() - min(created_at)) * 1000)::float8 AS oldest FROM outbox`);
      return { rows: rows[0]?.rows ?? 0, oldestMs: Math.max(0, rows[0]?.oldest ?? 0) };
    },
  };
}
