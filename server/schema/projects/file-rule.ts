import { setFileRule, tryFileRule } from '../../../operations/artifacts/set-file-rule.ts';
import { unknownProject } from '../../../operations/experiments/reach.ts';
import type { FilesRemoved } from '../../../operations/ports/file-rules.ts';
import { forgetBatches } from '../../batched.ts';
import { viewerOf } from '../../context.ts';
import { builder } from '../builder.ts';
import { projectOf } from '../loaders.ts';
import { ProjectRef } from '../types.ts';

const FilesRemovedRef = builder.objectRef<FilesRemoved>('FilesRemoved').implement({
  description: 'What a rule would remove now.',
  fields: (t) => ({ files: t.exposeInt('files'), bytes: t.exposeFloat('bytes') }),
});

builder.objectFields(ProjectRef, (t) => ({
  fileDays: t.int({ nullable: true, description: 'For how many days the files of runs are kept after they ended; null for ever.', resolve: async ({ id }, _, { reader }) => (await reader.fileRule.findUnique({ where: { projectId: id } }))?.days ?? null }),
  fileRuleTry: t.field({
    type: FilesRemovedRef,
    nullable: true,
    description: 'What such a rule would remove now. Only for those who may set it.',
    args: { days: t.arg.int({ required: true }) },
    complexity: { field: 10_000, multiplier: 1 },
    resolve: ({ slug }, { days }, context) => tryFileRule(context.ports, viewerOf(context), { project: slug, days }),
  }),
}));

const SetFileRuleInput = builder.inputType('SetFileRuleInput', { fields: (t) => ({ project: t.string({ required: true, description: 'Its slug.' }), days: t.int({ description: '1 to 3650; null for ever.' }) }) });
const SetFileRulePayload = builder.objectRef<{ readonly projectId: string }>('SetFileRulePayload').implement({
  fields: (t) => ({
    project: t.field({
      type: ProjectRef,
      resolve: async ({ projectId }, _, context) => {
        const project = await projectOf(context, projectId);
        if (!project) throw unknownProject();
        return project;
      },
    }),
  }),
});

builder.mutationField('setFileRule', (t) => t.field({
  type: SetFileRulePayload,
  args: { input: t.arg({ type: SetFileRuleInput, required: true }) },
  resolve: async (_, { input: { project, days } }, context) => {
    const projectId = await setFileRule(context.ports, viewerOf(context), { project, days: days ?? null });
    forgetBatches(context);
    return { projectId };
  },
}));
