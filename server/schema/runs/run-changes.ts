import { attributionWarning } from '../../../domain/experiments/changed-variables.ts';
import type { ChangeKind } from '../../../domain/experiments/fingerprint.ts';
import { runChanges, variablesIn, type RunChanges, type RunSide } from '../../../domain/experiments/run-changes.ts';
import { SEED_PARAMS } from '../../../domain/runs/run-tags.ts';
import type { Prisma } from '../../../generated/prisma/client.ts';
import type { Standing, Standings } from '../../../operations/ports/run-changes.ts';
import { batchedRows } from '../../batched.ts';
import type { Context } from '../../context.ts';
import { builder } from '../builder.ts';
import { ChangedVariableRef, ChangeKindEnum } from '../experiments/changed-variable.ts';
import { parentsOf } from '../experiments/experiment-lists.ts';
import { experimentOf, runOf, variantOf } from '../loaders.ts';
import { ExperimentRef, RunRef, VariantRef } from '../types.ts';

const REFERENCES = ['PARENT', 'BASELINE'] as const;
type Reference = (typeof REFERENCES)[number];
const RunReferenceEnum = builder.enumType('RunReference', {
  values: {
    PARENT: { description: "What the newest parent of its experiment arrived at: the treatment that its verdict supports, else its baseline." },
    BASELINE: { description: 'The baseline of its own experiment.' },
  },
});

const standingsOf = batchedRows<string, Standings>((experimentIds, { ports }) => ports.store.transaction((tx) => tx.runChanges.standings(experimentIds)));
const sideOf = batchedRows<string, RunSide>((runIds, { ports }) => ports.store.transaction((tx) => tx.runChanges.sides(runIds)));

/** What stands for the reference: of several parents the newest that the viewer sees and that has something to compare with. */
async function standingFor(context: Context, experimentId: string, against: Reference): Promise<Standing & { readonly experimentId: string } | null> {
  if (against === 'BASELINE') return placed(experimentId, (await standingsOf(context, experimentId))?.baseline);
  const parents = ((await parentsOf(context, experimentId)) ?? []).filter(({ deletedAt }) => deletedAt === null).toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? -1 : 1));
  const arrived = await Promise.all(parents.map(async ({ id }) => {
    const standings = await standingsOf(context, id);
    return placed(id, standings?.supported ?? standings?.baseline);
  }));
  return arrived.find((standing) => standing !== null) ?? null;
}

const placed = (experimentId: string, standing: Standing | null | undefined) => (standing ? { ...standing, experimentId } : null);

interface Compared extends RunChanges, Standing { readonly against: Reference; readonly experimentId: string; readonly warning: string | null }

async function changesOf(context: Context, run: Prisma.RunModel, against: Reference): Promise<Compared | null> {
  const [experiment, standing] = await Promise.all([experimentOf(context, run.experimentId), standingFor(context, run.experimentId, against)]);
  if (!experiment || standing === null || standing.runId === run.id) return null;
  const [before, after] = await Promise.all([sideOf(context, standing.runId), sideOf(context, run.id)]);
  if (!before || !after) return null;
  const changes = runChanges(before, after, { digest: context.ports.secrets.digest, seedParams: SEED_PARAMS });
  return { ...changes, ...standing, against, warning: attributionWarning(variablesIn(changes.changed), experiment.design) };
}

const RunChangesRef = builder.objectRef<Compared>('RunChanges').implement({
  description: 'What a run changed against another, as far as both have said it by now: it is told while they still train.',
  fields: (t) => ({
    against: t.field({ type: RunReferenceEnum, resolve: ({ against }) => against }),
    experiment: t.field({ type: ExperimentRef, nullable: true, description: 'Of what it was compared with.', resolve: async ({ experimentId }, _, context) => (await experimentOf(context, experimentId)) ?? null }),
    variant: t.field({ type: VariantRef, nullable: true, description: 'What it was compared with.', resolve: async ({ variantId }, _, context) => (await variantOf(context, variantId)) ?? null }),
    run: t.field({ type: RunRef, nullable: true, description: 'The run of that variant whose record was read: one that counts if there is one, captured if there is one, the first of those.', resolve: async ({ runId }, _, context) => (await runOf(context, runId)) ?? null }),
    changed: t.field({
      type: [ChangedVariableRef],
      description: 'Code, data, config, environment. Where both runs were captured the code is told as "train.py: Trainer.fit", with the first digits of what the function meant and means, the telling ones first; elsewhere as commit and uncommitted changes. The machine comes last, among the environment, as GPU, GPU driver, CUDA and CPU, although it is no part of the fingerprint.',
      resolve: ({ changed }) => [...changed],
    }),
    count: t.int({ description: 'How many variables that are: the code counts once, however many functions, and so does the machine; each dataset, param and package counts.', resolve: ({ changed }) => variablesIn(changed).length }),
    unknown: t.field({ type: [ChangeKindEnum], description: 'Kinds of which one of the two has recorded nothing, or nothing yet, so that a change would go unseen. They are left out of `changed`.', resolve: ({ unknown }): ChangeKind[] => [...unknown] }),
    warning: t.exposeString('warning', { nullable: true, description: 'One sentence when attribution fails: more than one variable changed, without a factorial or ablation design of the experiment.' }),
  }),
});

builder.objectFields(RunRef, (t) => ({
  changed: t.field({
    type: RunChangesRef,
    nullable: true,
    description: 'What it changed against a reference; it is computed from what is recorded by now, so that it is there as soon as a run begins. Null where there is nothing to compare with: no baseline was chosen, no parent that the viewer may see has one, or the run is itself what it would be compared with.',
    args: { against: t.arg({ type: RunReferenceEnum, required: true, defaultValue: 'BASELINE' }) },
    complexity: { field: 20, multiplier: 1 },
    resolve: (run, { against }, context) => changesOf(context, run, against),
  }),
}));
