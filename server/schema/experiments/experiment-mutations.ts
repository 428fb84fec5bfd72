import type { Prisma } from '../../../generated/prisma/client.ts';
import { chooseBaseline } from '../../../operations/experiments/choose-baseline.ts';
import { createExperiment } from '../../../operations/experiments/create-experiment.ts';
import { moveExperiment } from '../../../operations/experiments/move-experiment.ts';
import { unknownExperiment } from '../../../operations/experiments/reach.ts';
import { setHypothesis } from '../../../operations/experiments/set-hypothesis.ts';
import { updateExperiment } from '../../../operations/experiments/update-experiment.ts';
import { forgetBatches } from '../../batched.ts';
import { viewerOf, type Context } from '../../context.ts';
import { builder } from '../builder.ts';
import { experimentOf } from '../loaders.ts';
import { ExperimentRef } from '../types.ts';
import { ExperimentDesignEnum } from './experiment.ts';

interface Payload { readonly experiment: Prisma.ExperimentModel }
const payload = (name: string) => builder.objectRef<Payload>(name).implement({ fields: (t) => ({ experiment: t.field({ type: ExperimentRef, resolve: ({ experiment }) => experiment }) }) });

const CreateExperimentInput = builder.inputType('CreateExperimentInput', {
  fields: (t) => ({
    project: t.string({ required: true }), name: t.string({ required: true }), hypothesis: t.id({ required: true }),
    description: t.string(), parents: t.stringList(), design: t.field({ type: ExperimentDesignEnum }),
  }),
});
const ExperimentSeenInput = builder.inputType('ExperimentSeenInput', { description: 'What a form showed before it was filled in.', fields: (t) => ({ name: t.string(), description: t.string(), design: t.field({ type: ExperimentDesignEnum }) }) });
const UpdateExperimentInput = builder.inputType('UpdateExperimentInput', {
  fields: (t) => ({ experiment: t.string({ required: true }), name: t.string(), description: t.string(), design: t.field({ type: ExperimentDesignEnum }), parents: t.stringList(), archived: t.boolean(), deleted: t.boolean({ description: 'With all its runs, as MLflow does; false brings them back.' }), saw: t.field({ type: ExperimentSeenInput, description: 'What the form showed: only what differs from it is written. Refuses with experiment/changed-underneath what would overwrite somebody else’s change.' }) }),
});
const MoveExperimentInput = builder.inputType('MoveExperimentInput', { fields: (t) => ({ experiment: t.string({ required: true }), project: t.string({ required: true }) }) });
const SetHypothesisInput = builder.inputType('SetHypothesisInput', { fields: (t) => ({ experiment: t.string({ required: true }), hypothesis: t.id({ required: true }) }) });
const ChooseBaselineInput = builder.inputType('ChooseBaselineInput', { fields: (t) => ({ experiment: t.string({ required: true }), variant: t.id({ required: true }) }) });

async function readBack(context: Context, id: string): Promise<Payload> {
  forgetBatches(context);
  const experiment = await experimentOf(context, id);
  if (!experiment) throw unknownExperiment();
  return { experiment };
}

builder.mutationField('createExperiment', (t) =>
  t.field({
    type: payload('CreateExperimentPayload'),
    args: { input: t.arg({ type: CreateExperimentInput, required: true }) },
    resolve: async (_, { input }, context) => readBack(context, await createExperiment(context.ports, viewerOf(context), input)),
  }),
);
builder.mutationField('updateExperiment', (t) =>
  t.field({
    type: payload('UpdateExperimentPayload'),
    args: { input: t.arg({ type: UpdateExperimentInput, required: true }) },
    resolve: async (_, { input }, context) => {
      const { experiment, name, description, design, parents, archived, deleted, saw } = input;
      // A description of null is none; for all else null leaves things as they are, like leaving it out.
      const request = { experiment, description, name: name ?? undefined, design: design ?? undefined, parents: parents ?? undefined, archived: archived ?? undefined, deleted: deleted ?? undefined, saw: saw ? { ...(saw.name == null ? {} : { name: saw.name }), ...(saw.description === undefined ? {} : { description: saw.description }), ...(saw.design == null ? {} : { design: saw.design }) } : undefined };
      return readBack(context, await updateExperiment(context.ports, viewerOf(context), request));
    },
  }),
);
builder.mutationField('moveExperiment', (t) =>
  t.field({
    type: payload('MoveExperimentPayload'),
    args: { input: t.arg({ type: MoveExperimentInput, required: true }) },
    resolve: async (_, { input }, context) => readBack(context, await moveExperiment(context.ports, viewerOf(context), input)),
  }),
);
builder.mutationField('setHypothesis', (t) =>
  t.field({
    type: payload('SetHypothesisPayload'),
    args: { input: t.arg({ type: SetHypothesisInput, required: true }) },
    resolve: async (_, { input }, context) => readBack(context, await setHypothesis(context.ports, viewerOf(context), input)),
  }),
);
builder.mutationField('chooseBaseline', (t) =>
  t.field({
    type: payload('ChooseBaselinePayload'),
    args: { input: t.arg({ type: ChooseBaselineInput, required: true }) },
    resolve: async (_, { input }, context) => readBack(context, await chooseBaseline(context.ports, viewerOf(context), input)),
  }),
);
