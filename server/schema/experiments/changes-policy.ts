import { CHANGES_POLICIES } from '../../../domain/experiments/changes-at-start.ts';
import { setChangesPolicy } from '../../../operations/experiments/set-changes-policy.ts';
import { viewerOf } from '../../context.ts';
import { builder } from '../builder.ts';
import { projectPayload, writtenProject } from '../projects/project-payload.ts';
import { ProjectRef } from '../types.ts';

const ChangesPolicyEnum = builder.enumType('ChangesPolicy', { values: CHANGES_POLICIES, description: 'What comes of a run that changes several variables at once, without a factorial or ablation design: it is said, or a client stops before anything runs until somebody gives a reason.' });

builder.objectFields(ProjectRef, (t) => ({
  changesPolicy: t.field({ type: ChangesPolicyEnum, resolve: async ({ id }, _, { reader }) => (await reader.duplicatePolicy.findUnique({ where: { projectId: id } }))?.changes ?? 'WARN' }),
}));

const SetChangesPolicyInput = builder.inputType('SetChangesPolicyInput', { fields: (t) => ({ project: t.string({ required: true, description: 'Its slug.' }), policy: t.field({ type: ChangesPolicyEnum, required: true }) }) });

builder.mutationField('setChangesPolicy', (t) => t.field({
  type: projectPayload('SetChangesPolicyPayload'),
  args: { input: t.arg({ type: SetChangesPolicyInput, required: true }) },
  resolve: (_, { input }, context) => writtenProject(context, setChangesPolicy(context.ports, viewerOf(context), input)),
}));
