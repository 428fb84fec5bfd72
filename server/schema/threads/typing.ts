import { notFound } from '../../../domain/refusal.ts';
import type { Prisma } from '../../../generated/prisma/client.ts';
import type { TypingNews } from '../../../operations/ports/typing.ts';
import { tellTyping } from '../../../operations/threads/tell-typing.ts';
import { viewerOf } from '../../context.ts';
import { leavable } from '../../leavable.ts';
import { builder } from '../builder.ts';
import { personOf } from '../loaders.ts';
import { stillVisible } from '../still-visible.ts';
import { projectIdOfSubject } from '../subject.ts';
import { PersonRef } from '../types.ts';
import { whileVisible } from '../while-visible.ts';

interface Typing { readonly news: TypingNews; readonly person: Prisma.PersonModel }
const TypingRef = builder.objectRef<Typing>('ThreadTyping').implement({
  description: 'Somebody writes in a thread, or has stopped. Who is not heard of for five seconds has stopped too.',
  fields: (t) => ({
    thread: t.id({ resolve: ({ news }) => news.threadId }),
    person: t.field({ type: PersonRef, resolve: ({ person }) => person }),
    typing: t.boolean({ resolve: ({ news }) => news.typing }),
  }),
});

const TellTypingInput = builder.inputType('TellTypingInput', { fields: (t) => ({ thread: t.id({ required: true }), typing: t.boolean({ defaultValue: true }) }) });
const TellTypingPayload = builder.objectRef<{ readonly thread: string }>('TellTypingPayload').implement({ fields: (t) => ({ thread: t.exposeID('thread') }) });

builder.mutationField('tellTyping', (t) =>
  t.field({
    type: TellTypingPayload,
    description: 'Tells who has the thread open that the viewer writes in it. Kept nowhere; said at most once a second.',
    args: { input: t.arg({ type: TellTypingInput, required: true }) },
    resolve: async (_, { input: { thread, typing } }, context) => ({ thread: await tellTyping(context.ports, viewerOf(context), { thread, typing: typing ?? true }) }),
  }),
);

const unknownSubject = () => notFound('thread/unknown-subject', 'There is nothing with this id, or you may not see it.');

builder.subscriptionField('threadTyping', (t) =>
  t.field({
    type: TypingRef,
    description: 'Who writes in threads about the subject; oneself left out. Ends when the viewer may not see the subject any more.',
    args: { subject: t.arg.id({ required: true }) },
    subscribe: async (_, { subject }, context) => {
      const { personId } = viewerOf(context);
      const projectId = await projectIdOfSubject(context, subject);
      if (projectId === null) throw unknownSubject();
      return leavable(async function* (leaving) {
        for await (const news of context.ports.typing.subscribe(subject, whileVisible(context, { subject, projectId }, leaving))) {
          if (news.personId === personId) continue;
          // Who types may be heard sooner than that the right to see has ended.
          if (!(await stillVisible(context, () => projectIdOfSubject(context, subject)))) return;
          yield news;
        }
      });
    },
    resolve: async (news, _, context) => {
      const person = await personOf(context, news.personId);
      if (person === undefined) throw unknownSubject();
      return { news, person };
    },
  }),
);
