import type { PrismaClient } from '../../generated/prisma/client.ts';

/** Puts so many comments of one person behind the last one of a thread at once, past every operation: nobody hears of them. */
export async function longThread(prisma: Pick<PrismaClient, '$executeRaw'>, thread: string, { comments, author }: { readonly comments: number; readonly author: string }): Promise<void> {
  await prisma.$executeRaw`
    INSERT INTO comments (id, thread_id, number, author_id, body, created_at)
    SELECT ${`${thread}_said_`} || n, ${thread}, last.number + n, p.id, 'This is comment ' || (last.number + n) || '.', last.created_at + n * interval '1 millisecond'
    FROM generate_series(1, ${comments}::int) n, people p, LATERAL (SELECT number, created_at FROM comments WHERE thread_id = ${thread} ORDER BY number DESC LIMIT 1) last WHERE p.email = ${author}`;
}
