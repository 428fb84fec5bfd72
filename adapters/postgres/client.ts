import { PrismaPg } from '@prisma/adapter-pg';
import { Pool } from 'pg';
import { PrismaClient } from '../../generated/prisma/client.ts';

/** One pool a process, shared by Prisma (records) and by the SQL that is written by hand (metrics, search, outbox). */
export interface Database {
  readonly pool: Pool;
  readonly prisma: PrismaClient;
  close(): Promise<void>;
}

export function openDatabase(url: string, poolSize = 20): Database {
  const pool = new Pool({ connectionString: url, max: poolSize });
  // An idle connection that Postgres drops must not take the process down; the next query opens another.
  pool.on('error', () => {});
  // Nor must one that somebody holds and has asked nothing at that moment: the pool takes its own listener away meanwhile, and the next query on it fails.
  pool.on('connect', (connection) => connection.on('error', () => {}));
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  return {
    pool,
    prisma,
    close: async () => {
      await prisma.$disconnect();
      if (!pool.ended) await pool.end();
    },
  };
}
