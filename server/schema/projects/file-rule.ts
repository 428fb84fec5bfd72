import { setFileRule, tryFileRule } from '../../../operations/artifacts/set-file-rule.ts';
import type { FilesRemoved } from '../../../operations/ports/file-rules.ts';
import { viewerOf } from '../../context.ts';
import { builder } from '../builder.ts';
import { ProjectRef } from '../types.ts';
import { projectPayload, writtenProject } from './project-payload.ts';

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

builder.mutationField('setFileRule', (t) => t.field({
  type: projectPayload('SetFileRulePayload'),
  args: { input: t.arg({ type: SetFileRuleInput, required: true }) },
  resolve: (_, { input: { project, days } }, context) => writtenProject(context, setFileRule(context.ports, viewerOf(context), { project, days: days ?? null })),
}));
