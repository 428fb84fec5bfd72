import { reproducibilityOf, type Grade, type Reproducibility, type ReproductionRecord } from '../../../domain/reproduction/grade.ts';
import type { CapturedCode } from '../../../domain/runs/capture.ts';
import type { EnvironmentContent } from '../../../domain/runs/environment.ts';
import { batchedRows } from '../../batched.ts';
import { builder } from '../builder.ts';
import { RunRef } from '../types.ts';

interface Row extends Pick<ReproductionRecord, 'command' | 'datasets' | 'seed' | 'container'> {
  readonly id: string;
  readonly code: Omit<CapturedCode, 'files'> | null;
  readonly commit: string | null;
  readonly repository: string | null;
  readonly dirty: boolean;
  readonly seeds: Readonly<Record<string, string>> | null;
  readonly environment: EnvironmentContent | null;
}

/** One statement for all runs. Of a capture only what counts is read: its files and packages are most of it. */
const recordOf = batchedRows<string, ReproductionRecord>(async (runIds, { reader }) => {
  const rows = await reader.$queryRaw<Row[]>`
    SELECT r.id, r.seed, r.code_commit AS commit, r.code_repository AS repository, r.code_dirty AS dirty, n.content AS environment,
      (c.content -> 'code') - 'files' AS code, c.content -> 'command' AS command, c.content -> 'seeds' AS seeds, c.content -> 'container' ->> 'digest' AS container,
      coalesce((SELECT jsonb_agg(jsonb_build_object('name', d.name, 'digest', d.digest) ORDER BY d.name, d.id) FROM run_inputs i JOIN datasets d ON d.id = i.dataset_id WHERE i.run_id = r.id), '[]') AS datasets
    FROM runs r LEFT JOIN run_captures c ON c.run_id = r.id LEFT JOIN environments n ON n.id = r.environment_id WHERE r.id = ANY(${[...runIds]})`;
  return new Map(rows.map((row) => [row.id, recordIn(row)]));
});

/** What MLflow's tags told of the code of a run counts where nobody captured it. */
function recordIn({ code, commit, repository, dirty, environment, seeds, ...row }: Row): ReproductionRecord {
  const told = commit === null ? null : { repository, commit, onRemote: null, dirty, diff: null, submodules: [], keptFiles: 0, leftOut: [] };
  return {
    ...row, seeds: seeds ?? {}, python: environment?.python ?? null, packages: environment?.packages ?? null,
    code: code === null ? told : { ...code, keptFiles: code.untracked.length },
  };
}

const GradeEnum = builder.enumType('ReproducibilityGrade', {
  description: 'How well a run can be done again. The worst thing that is missing decides.',
  values: {
    A: { description: 'Everything is recorded, down to the container.' },
    B: { description: 'Code, packages, data and seed are recorded; something around them is not.' },
    C: { description: 'Who has all of it gets a like result, but nobody can tell that it is the same.' },
    D: { description: 'It cannot be built again without guessing.' },
    E: { description: 'Its code is not known.' },
  } satisfies Record<Grade, { readonly description: string }>,
});

const ReproducibilityRef = builder.objectRef<Reproducibility>('Reproducibility').implement({
  description: 'How well a run can be done again from what is recorded of it by now.',
  fields: (t) => ({
    grade: t.field({ type: GradeEnum, resolve: ({ grade }) => grade }),
    reasons: t.field({ type: ['String'], description: 'Why the grade is not higher, in sentences, the heaviest first. Empty for an A.', resolve: ({ reasons }) => [...reasons] }),
  }),
});

builder.objectFields(RunRef, (t) => ({
  reproducibility: t.field({
    type: ReproducibilityRef, complexity: { field: 10, multiplier: 1 }, description: 'The grade of what is recorded of it, and why it is not higher.',
    resolve: async (run, _, context) => reproducibilityOf((await recordOf(context, run.id)) ?? NOTHING),
  }),
}));

const NOTHING: ReproductionRecord = { code: null, command: null, python: null, packages: null, container: null, datasets: [], seed: null, seeds: {} };
