import type { Pool, PoolClient } from 'pg';

export const sqlState = (problem: unknown): string => (problem instanceof Error && 'code' in problem && typeof problem.code === 'string' ? problem.code : '');

/** A serialization failure or deadlock: the same work may pass the next time. */
const mayPassAgain = (problem: unknown): boolean => ['40001', '40P01'].includes(sqlState(problem));

/** Runs the work in a transaction of its own; a connection that cannot even roll back is thrown away. */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (problem) {
    await client.query('ROLLBACK').catch((lost: unknown) => { broken = lost instanceof Error ? lost : new Error(String(lost)); });
    throw problem;
  } finally {
    client.release(broken);
  }
}

/** Tries again what Postgres took back because of others. */
export async function retried<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (problem) {
      if (tries === 5 || !mayPassAgain(problem)) throw problem;
    }
  }
}
