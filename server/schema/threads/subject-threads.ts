import { builder, connectionCost } from '../builder.ts';
import { connectionOf } from '../connection.ts';
import { typenameOf } from '../typename.ts';
import { DiscussedRef, ThreadRef } from '../types.ts';
import { unreadAbout } from './thread-lists.ts';
import { ThreadStateEnum, threadsOf } from './threads-of.ts';

const args = builder.args((t) => ({ first: t.int(), after: t.string(), state: t.field({ type: ThreadStateEnum }) }));
const UNREAD = 'Comments of others in its threads that the viewer has not read.';

DiscussedRef.implement({
  description: 'What can be talked about.',
  fields: (t) => ({
    id: t.exposeID('id'),
    threads: t.field({ type: connectionOf('Thread', ThreadRef), args, complexity: connectionCost, resolve: ({ id }, page, context) => threadsOf(context, id, page) }),
    unreadComments: t.int({ description: UNREAD, resolve: async ({ id }, _, context) => (await unreadAbout(context, id)) ?? 0 }),
  }),
  resolveType: ({ id }) => typenameOf(id),
});
