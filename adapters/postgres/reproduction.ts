import type { Made, Outcome } from '../../domain/reproduction/attempt.ts';
import type { CapturedCode } from '../../domain/runs/capture.ts';
import type { EnvironmentContent } from '../../domain/runs/environment.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import type { ReproductionRecords } from '../../operations/ports/reproduction.ts';
import type { Tx } from './tx.ts';

export const reproductionRecords = (tx: Tx): ReproductionRecords => ({
  async get(id) {
    const row = await tx.runReproduction.findUnique({ where: { id } });
    return row && { ...row, causes: row.causes as unknown as Outcome['causes'], metrics: row.metrics as unknown as Outcome['metrics'] };
  },
  async insert(reproduction) {
    await tx.runReproduction.create({ data: { ...reproduction, causes: reproduction.causes as unknown as Prisma.InputJsonValue, metrics: reproduction.metrics as unknown as Prisma.InputJsonValue } });
  },
  async made(runIds) {
    const rows = await tx.$queryRaw<MadeRow[]>`
      SELECT r.id, r.seed, r.code_commit AS commit, r.code_diff AS diff, n.content AS environment, c.content -> 'code' -> 'submodules' AS submodules, c.content ->> 'machine' AS machine,
        coalesce((SELECT jsonb_object_agg(d.name, d.digest ORDER BY d.id) FROM run_inputs i JOIN datasets d ON d.id = i.dataset_id WHERE i.run_id = r.id), '{}') AS datasets
      FROM runs r LEFT JOIN run_captures c ON c.run_id = r.id LEFT JOIN environments n ON n.id = r.environment_id WHERE r.id = ANY(${[...runIds]})`;
    return new Map(rows.map((row) => [row.id, madeOf(row)]));
  },
  async variantRuns(variantId, limit) {
    return tx.run.findMany({ where: { variantId, status: 'FINISHED', deletedAt: null, excludedAt: null }, orderBy: [{ createdAt: 'desc' }, { id: 'asc' }], take: limit, select: { id: true, seed: true } });
  },
});

interface MadeRow extends Pick<Made, 'seed' | 'commit' | 'diff' | 'machine' | 'datasets'> {
  readonly id: string;
  readonly environment: EnvironmentContent | null;
  readonly submodules: CapturedCode['submodules'] | null;
}

const madeOf = ({ seed, commit, diff, machine, datasets, environment, submodules }: MadeRow): Made => ({
  seed, commit, diff, machine, datasets, python: environment?.python ?? null, packages: environment?.packages ?? {},
  submodules: Object.fromEntries((submodules ?? []).map((module) => [module.path, module.commit])),
});
