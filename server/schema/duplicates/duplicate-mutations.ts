import { recordDuplicateReason } from '../../../operations/duplicates/record-duplicate-reason.ts';
import { setDuplicatePolicy } from '../../../operations/duplicates/set-duplicate-policy.ts';
import { forgetBatches } from '../../batched.ts';
import { viewerOf } from '../../context.ts';
import { builder } from '../builder.ts';
import { experimentOf, runOf } from '../loaders.ts';
import { projectPayload, writtenProject } from '../projects/project-payload.ts';
import { ExperimentRef, RunRef } from '../types.ts';
import { DuplicatePolicyEnum } from './duplicate.ts';

const SetDuplicatePolicyInput = builder.inputType('SetDuplicatePolicyInput', { fields: (t) => ({ project: t.string({ required: true, description: 'Its slug.' }), policy: t.field({ type: DuplicatePolicyEnum, required: true }) }) });

builder.mutationField('setDuplicatePolicy', (t) => t.field({
  type: projectPayload('SetDuplicatePolicyPayload'),
  args: { input: t.arg({ type: SetDuplicatePolicyInput, required: true }) },
  resolve: (_, { input }, context) => writtenProject(context, setDuplicatePolicy(context.ports, viewerOf(context), input)),
}));

const RecordDuplicateReasonInput = builder.inputType('RecordDuplicateReasonInput', {
  description: 'Of a run or of an experiment, one of the two.',
  fields: (t) => ({
    run: t.id(),
    experiment: t.string({ description: 'Its key.' }),
    replication: t.boolean({ defaultValue: false, description: 'Done again on purpose, to see whether it holds; needs no further words.' }),
    reason: t.string({ description: 'At most 2000 characters.' }),
  }),
});
const RecordDuplicateReasonPayload = builder.objectRef<{ readonly runId: string | null; readonly experimentId: string | null }>('RecordDuplicateReasonPayload').implement({
  fields: (t) => ({
    run: t.field({ type: RunRef, nullable: true, resolve: async ({ runId }, _, context) => (runId === null ? null : (await runOf(context, runId)) ?? null) }),
    experiment: t.field({ type: ExperimentRef, nullable: true, resolve: async ({ experimentId }, _, context) => (experimentId === null ? null : (await experimentOf(context, experimentId)) ?? null) }),
  }),
});

builder.mutationField('recordDuplicateReason', (t) => t.field({
  type: RecordDuplicateReasonPayload,
  args: { input: t.arg({ type: RecordDuplicateReasonInput, required: true }) },
  resolve: async (_, { input }, context) => {
    const { run = null, experiment = null, replication, reason = null } = input;
    const kept = await recordDuplicateReason(context.ports, viewerOf(context), { run, experiment, replication: replication ?? false, reason });
    forgetBatches(context);
    return kept;
  },
}));
