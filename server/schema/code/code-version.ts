import { Prisma } from '../../../generated/prisma/client.ts';
import type { Context } from '../../context.ts';
import { builder, connectionCost } from '../builder.ts';
import { ageCursor, ageFrom, childConnection, type PageArgs } from '../children.ts';
import { connectionOf, pageFrom } from '../connection.ts';
import { runOf } from '../loaders.ts';
import { pageSize } from '../page-size.ts';
import { CodeVersionRef } from '../runs/run-parts.ts';
import { ProjectRef, RunRef } from '../types.ts';
import { SAME_CODE, usesOfCode, type CodeUses } from './code-facts.ts';

// A version of the code is known by any run that ran it: whoever sees that run sees its project, and so all runs of the version in it.

const NO_USES: CodeUses = { runs: 0, firstUsedAt: null, lastUsedAt: null };
const usesOf = async (context: Context, { id }: Prisma.RunModel): Promise<CodeUses> => (await usesOfCode(context, id)) ?? NO_USES;

const runsInSight = async (ids: readonly string[], context: Context): Promise<Prisma.RunModel[]> => (await Promise.all(ids.map((id) => runOf(context, id)))).filter((run) => run !== undefined);
const runsOf = childConnection<Prisma.RunModel>({ table: SAME_CODE, parent: Prisma.sql`version`, load: runsInSight });

builder.objectFields(CodeVersionRef, (t) => ({
  run: t.field({ type: RunRef, description: 'The run that it is known by here.', resolve: (run) => run }),
  changes: t.exposeString('codeDiff', { nullable: true, description: 'SHA-256 of what was in no commit: the diff and the untracked source files. Null where there was nothing, or nobody kept it.' }),
  runCount: t.int({ description: 'Runs of its project that ran the same commit with the same changes. 0 where neither is known.', resolve: async (run, _, context) => (await usesOf(context, run)).runs }),
  firstUsedAt: t.field({ type: 'DateTime', nullable: true, resolve: async (run, _, context) => (await usesOf(context, run)).firstUsedAt }),
  lastUsedAt: t.field({ type: 'DateTime', nullable: true, resolve: async (run, _, context) => (await usesOf(context, run)).lastUsedAt }),
  runs: t.field({ type: connectionOf('Run', RunRef), description: 'Runs of its project that ran it, newest first.', args: { first: t.arg.int(), after: t.arg.string() }, complexity: connectionCost, resolve: (run, args, context) => runsOf(context, run.id, args) }),
}));

async function versionsPage(context: Context, { id }: Prisma.ProjectModel, { first, after }: PageArgs) {
  const newest = Prisma.sql`SELECT DISTINCT ON (r.code_commit, r.code_dirty, r.code_diff) r.id, r.created_at FROM runs r JOIN experiments e ON e.id = r.experiment_id AND e.deleted_at IS NULL
    WHERE e.project_id = ${id} AND r.deleted_at IS NULL AND coalesce(r.code_commit, r.code_diff) IS NOT NULL ORDER BY r.code_commit, r.code_dirty, r.code_diff, r.created_at DESC, r.id DESC`;
  const place = ageFrom(after);
  const behind = place === null ? Prisma.sql`true` : Prisma.sql`(created_at, id) < (${place.createdAt}, ${place.id})`;
  const rows = await context.reader.$queryRaw<{ id: string }[]>`SELECT id FROM (${newest}) AS versions WHERE ${behind} ORDER BY created_at DESC, id DESC LIMIT ${pageSize(first) + 1}`;
  return pageFrom({
    rows: await runsInSight(rows.map((row) => row.id), context), first, after, cursor: ageCursor,
    totalCount: async () => (await context.reader.$queryRaw<{ n: number }[]>`SELECT count(*)::int AS n FROM (${newest}) AS versions`)[0]?.n ?? 0,
  });
}

builder.objectField(ProjectRef, 'codeVersions', (t) => t.field({
  type: connectionOf('CodeVersion', CodeVersionRef), description: 'Versions of the code that runs of the project ran, each by its newest run; the one used last comes first.', args: { first: t.arg.int(), after: t.arg.string() }, complexity: connectionCost,
  resolve: (project, args, context) => versionsPage(context, project, args),
}));
