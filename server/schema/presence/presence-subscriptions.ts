import { MOST_PRESENT } from '../../../contracts/messages/live-presence.ts';
import { notFound } from '../../../domain/refusal.ts';
import type { Prisma } from '../../../generated/prisma/client.ts';
import { viewerOf, type Context } from '../../context.ts';
import { leavable } from '../../leavable.ts';
import { builder } from '../builder.ts';
import { personOf } from '../loaders.ts';
import { stillVisible } from '../still-visible.ts';
import { projectIdOfSubject } from '../subject.ts';
import { PersonRef } from '../types.ts';

const unknownSubject = () => notFound('presence/unknown-subject', 'There is nothing with this id, or you may not see it.');

interface Place { readonly subject: string; readonly projectId: string; readonly personId: string }

/** Who is there, for as long as the viewer may see the place. They count as present themselves until they leave. */
const peopleAt = (context: Context, { subject, projectId, personId }: Place): AsyncGenerator<readonly string[]> => leavable(async function* (leaving) {
  const gone = new AbortController();
  const until = AbortSignal.any([leaving, gone.signal]);
  void whileVisible(context, { subject, projectId }, until).catch(() => {}).finally(() => { gone.abort(); });
  yield* context.ports.presence.join(subject, personId, until);
});

/** Resolves when the thing may not be seen any more: rights change with the project, and with the project a thing is in. */
async function whileVisible(context: Context, { subject, projectId }: Pick<Place, 'subject' | 'projectId'>, until: AbortSignal): Promise<void> {
  let home: string | null = projectId;
  const touched = context.changes.subscribe((change) => (change.noun === 'project' && change.projectId === home) || change.id === subject, until);
  for await (const _ of touched) {
    if (!(await stillVisible(context, async () => { home = await projectIdOfSubject(context, subject); return home !== null; }))) return;
  }
}

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
