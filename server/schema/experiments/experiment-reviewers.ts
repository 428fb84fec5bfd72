import { ownWorkRefusal } from '../../../domain/reviews/own-work.ts';
import { builder } from '../builder.ts';
import { projectOf } from '../loaders.ts';
import { reviewersIn } from '../projects/project-reviewers.ts';
import { policyOf } from '../reviews/review-rules.ts';
import { ExperimentRef, PersonRef } from '../types.ts';
import { NO_RUNS, runCountsOf } from './experiment-lists.ts';

builder.objectField(ExperimentRef, 'reviewers', (t) => t.field({
  type: [PersonRef],
  complexity: 20,
  description: 'Who can be asked to review it, by name: those of its project’s reviewers whose own work it is not.',
  resolve: async ({ id, ownerId, projectId }, _, context) => {
    const [project, policy, counts] = await Promise.all([projectOf(context, projectId), policyOf(context, projectId), runCountsOf(context, id)]);
    const work = { ownerId, loggedRuns: (counts ?? NO_RUNS).logged };
    return project === undefined ? [] : (await reviewersIn(context, project)).filter((person) => ownWorkRefusal(work, person, { ownRuns: policy?.ownRuns ?? true }) === null);
  },
}));
