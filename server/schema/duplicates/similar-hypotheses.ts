import type { SimilarHypothesis } from '../../../operations/ports/duplicates.ts';
import { similarHypotheses } from '../../../operations/duplicates/similar-hypotheses.ts';
import { viewerOf } from '../../context.ts';
import { builder } from '../builder.ts';
import { hypothesisOf } from '../loaders.ts';
import { HypothesisRef } from '../types.ts';

const SimilarHypothesisRef = builder.objectRef<SimilarHypothesis>('SimilarHypothesis').implement({
  description: 'A hypothesis that says nearly what is being typed.',
  fields: (t) => ({
    hypothesis: t.field({ type: HypothesisRef, nullable: true, resolve: async ({ hypothesisId }, _, context) => (await hypothesisOf(context, hypothesisId)) ?? null }),
    similarity: t.exposeFloat('similarity', { description: '0 to 1: the share of trigrams in common; a little more on the same metric.' }),
  }),
});

builder.queryField('duplicates', (t) => t.field({
  type: [SimilarHypothesisRef],
  description: 'Hypotheses, in all projects the viewer may see, that say nearly the same: asked while one types a new one. The closest first, at most five.',
  args: { project: t.arg.string({ required: true, description: 'The slug of the project it is typed in.' }), statement: t.arg.string({ required: true }), metric: t.arg.string(), except: t.arg.id({ description: 'The hypothesis that is being edited.' }) },
  complexity: { field: 5, multiplier: 5 },
  resolve: async (_, { project, statement, metric, except }, context) => [...await similarHypotheses(context.ports, viewerOf(context), { project, statement, metric: metric ?? null, except: except ?? null })],
}));
