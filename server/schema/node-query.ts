import { builder } from './builder.ts';
import { personOf, reviewOf, shareLinkOf } from './loaders.ts';
import { subjectOf } from './subject.ts';
import { typenameOf } from './typename.ts';
import { NodeRef } from './types.ts';

/** Nodes that are nothing to talk about in themselves. */
const BESIDE_SUBJECTS: Readonly<Record<string, typeof personOf | typeof reviewOf | typeof shareLinkOf>> = { Person: personOf, Review: reviewOf, ShareLink: shareLinkOf };

builder.queryField('node', (t) =>
  t.field({
    type: NodeRef,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    resolve: async (_, { id }, context) => {
      const loader = BESIDE_SUBJECTS[typenameOf(id) ?? ''];
      return loader ? ((await loader(context, id)) ?? null) : subjectOf(context, id);
    },
  }),
);
