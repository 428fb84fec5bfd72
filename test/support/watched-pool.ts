import type { Pool, PoolClient, QueryConfig } from 'pg';
import type { Database } from '../../adapters/postgres/client.ts';

/** A pool that notes which statements ran and how many rows they answered, and lets a test step in before one. */
export class WatchedPool {
  readonly ran: { readonly name: string; readonly rows: number }[] = [];
  before: (name: string, client: PoolClient) => Promise<void> = () => Promise.resolve();
  readonly pool: Pick<Database, 'pool'>;
  constructor(pool: Pool) {
    const connect = async (): Promise<PoolClient> => this.watch(await pool.connect());
    const watched = new Proxy(pool, { get: (target, property) => (property === 'connect' ? connect : bound(target, property)) });
    this.pool = { pool: watched };
  }

  private watch(client: PoolClient): PoolClient {
    const query = async (statement: string | QueryConfig, values?: unknown[]): Promise<unknown> => {
      const name = typeof statement === 'string' ? statement.split(' ')[0] ?? '' : statement.name ?? '';
      await this.before(name, client);
      const answer = await client.query(statement as string, values);
      this.ran.push({ name, rows: answer.rowCount ?? 0 });
      return answer;
    };
    return new Proxy(client, { get: (target, property) => (property === 'query' ? query : bound(target, property)) });
  }
}

function bound(target: object, property: string | symbol): unknown {
  const value: unknown = Reflect.get(target, property, target);
  return typeof value === 'function' ? value.bind(target) as unknown : value;
}
