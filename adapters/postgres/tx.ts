import type { Prisma } from '../../generated/prisma/client.ts';

/** What every records file gets: Prisma inside the running transaction. */
export type Tx = Prisma.TransactionClient;
