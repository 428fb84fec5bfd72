import type { PrismaClient } from '../../generated/prisma/client.ts';

/** What resolvers may do with the database: read. Writing goes through operations. */
type ReadMethod = 'findUnique' | 'findUniqueOrThrow' | 'findFirst' | 'findFirstOrThrow' | 'findMany' | 'count' | 'aggregate' | 'groupBy';
type ModelName = {
  [Key in keyof PrismaClient]: PrismaClient[Key] extends { findMany: unknown } ? Key : never;
}[keyof PrismaClient];

export type Reader = { readonly [Model in ModelName]: Pick<PrismaClient[Model], ReadMethod> } & Pick<PrismaClient, '$queryRaw'>;

export const readerOf = (prisma: PrismaClient): Reader => prisma;
