import { Prisma } from '../../generated/prisma/client.ts';
import type { Ids } from '../../operations/ports/ambient.ts';
import type { Store, Transaction } from '../../operations/ports/store.ts';
import type { Database } from './client.ts';

/** What every records file gets: Prisma inside the running transaction. */
export type Tx = Prisma.TransactionClient;

export function postgresStore({ prisma }: Database, ids: Ids): Store {
  return {
    transaction: (work) => withRetry(() => prisma.$transaction((tx) => work(records(tx, ids)), { maxWait: 10_000, timeout: 30_000 })),
  };
}

/** Filled in by the records files of this folder, one per noun. */
function records(_tx: Tx, _ids: Ids): Transaction {
  throw new Error('no records yet');
}

const RETRYABLE = new Set(['40001', '40P01']);

async function withRetry<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      const retryable = error instanceof Prisma.PrismaClientKnownRequestError && (error.code === 'P2034' || RETRYABLE.has(String((error.meta as { code?: string } | undefined)?.code)));
      if (!retryable || tries === 5) throw error;
    }
  }
}
