import { MOST_PRESENT } from '../../../contracts/messages/live-presence.ts';
import { notFound } from '../../../domain/refusal.ts';
import type { Prisma } from '../../../generated/prisma/client.ts';
import { viewerOf, type Context } from '../../context.ts';
import { leavable } from '../../leavable.ts';
import { builder } from '../builder.ts';
import { personOf } from '../loaders.ts';
import { projectIdOfSubject } from '../subject.ts';
import { PersonRef } from '../types.ts';
import { whileVisible, type VisiblePlace } from '../while-visible.ts';

const unknownSubject = () => notFound('presence/unknown-subject', 'There is nothing with this id, or you may not see it.');

interface Place extends VisiblePlace { readonly personId: string }

/** Who is there, for as long as the viewer may see the place. They count as present themselves until they leave. */
const peopleAt = (context: Context, { subject, projectId, personId }: Place): AsyncGenerator<readonly string[]> => leavable(async function* (leaving) {
  yield* context.ports.presence.join(subject, personId, whileVisible(context, { subject, projectId }, leaving));
});

builder.subscriptionField('hereNow', (t) => t.field({
  type: [PersonRef],
  description: 'Who looks at a thing at this moment, whoever asks counted too: at once, and whenever somebody comes or goes. Ends when the viewer may not see the thing any more.',
  args: { subject: t.arg.id({ required: true }) },
  subscribe: async (_, { subject }, context) => {
    const { personId } = viewerOf(context);
    const projectId = await projectIdOfSubject(context, subject);
    if (projectId === null) throw unknownSubject();
    return peopleAt(context, { subject, projectId, personId });
  },
  resolve: async (people, _, context) => {
    const found = await Promise.all(people.slice(0, MOST_PRESENT).map((id) => personOf(context, id)));
    return found.filter((person): person is Prisma.PersonModel => person !== undefined).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  },
}));
