import type { Viewer } from '../../../domain/access/viewer.ts';
import { lookAtHome } from '../../../operations/home/look-at-home.ts';
import { viewerOf } from '../../context.ts';
import { builder } from '../builder.ts';
import { ViewerRef } from '../viewer/viewer.ts';

const LookAtHomeInput = builder.inputType('LookAtHomeInput', { fields: (t) => ({ all: t.boolean({ description: 'Everything up to now was seen: nothing is new any more.' }) }) });

const LookAtHomePayload = builder.objectRef<{ readonly viewer: Viewer }>('LookAtHomePayload').implement({ fields: (t) => ({ viewer: t.field({ type: ViewerRef, resolve: ({ viewer }) => viewer }) }) });

builder.mutationField('lookAtHome', (t) => t.field({
  type: LookAtHomePayload,
  description: 'The viewer saw their home page. Looks within half an hour are one visit, during which what was new stays listed.',
  args: { input: t.arg({ type: LookAtHomeInput, required: true }) },
  resolve: async (_, { input }, context) => {
    const viewer = viewerOf(context);
    await lookAtHome(context.ports, viewer, input.all ?? false);
    return { viewer };
  },
}));
