import type { Change } from '../../../contracts/messages/change.ts';
import { viewerOf } from '../../context.ts';
import { builder } from '../builder.ts';
import { changesWanted } from '../changes.ts';
import { stillVisible } from '../still-visible.ts';
import { leavable } from '../../leavable.ts';
import { ViewerRef } from '../viewer/viewer.ts';

builder.subscriptionField('notificationsUpdated', (t) => t.field({
  type: ViewerRef,
  description: 'The viewer was told something, or read it, here or elsewhere. Says the state of now at once.',
  subscribe: (_root, _args, context) => {
    const { personId } = viewerOf(context);
    const first: Change = { noun: 'notification', id: personId, verb: 'subscribed', projectId: null, experimentId: null, subjectId: personId };
    return leavable(async function* (leaving) {
      for await (const change of changesWanted(context, first, ({ noun, id }) => noun === 'notification' && id === personId)) {
        if (leaving.aborted || !(await stillVisible(context, async () => context.viewer !== null))) return;
        yield change;
      }
    });
  },
  resolve: (_change, _args, context) => viewerOf(context),
}));
