import { unknownProject } from '../../../operations/experiments/reach.ts';
import { forgetBatches } from '../../batched.ts';
import type { Context } from '../../context.ts';
import { builder } from '../builder.ts';
import { projectOf } from '../loaders.ts';
import { ProjectRef } from '../types.ts';

interface WrittenProject { readonly projectId: string }

/** The answer of a mutation that says something of a project: the project, as this viewer sees it. */
export const projectPayload = (name: string) => builder.objectRef<WrittenProject>(name).implement({
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

/** What was read of it before in this request is read afresh: the operation has written. */
export async function writtenProject(context: Context, writing: Promise<string>): Promise<WrittenProject> {
  const projectId = await writing;
  forgetBatches(context);
  return { projectId };
}
