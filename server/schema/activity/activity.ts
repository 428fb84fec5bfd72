import type { AuditEvent } from '../../../generated/prisma/client.ts';
import { builder } from '../builder.ts';
import { personOf } from '../loaders.ts';
import { pageSize } from '../page-size.ts';
import { subjectOf, SubjectRef } from '../subject.ts';
import { PersonRef, ProjectRef } from '../types.ts';

const AuditEventRef = builder.objectRef<AuditEvent>('AuditEvent').implement({
  description: 'Who did what; added to, never changed.',
  fields: (t) => ({
    id: t.exposeID('id'),
    action: t.exposeString('action', { description: 'Noun and past tense: review.decided.' }),
    actor: t.field({ type: PersonRef, nullable: true, description: 'Null when Lemma itself did it.', resolve: async ({ actorId }, _, context) => (actorId === null ? null : await personOf(context, actorId) ?? null) }),
    subject: t.field({ type: SubjectRef, nullable: true, description: 'What it was done to, while it exists.', resolve: async ({ subjectId }, _, context) => await subjectOf(context, subjectId) ?? null }),
    at: t.expose('at', { type: 'DateTime' }),
    detail: t.field({ type: 'JSON', nullable: true, resolve: ({ detail }) => detail }),
  }),
});

builder.objectField(ProjectRef, 'activity', (t) => t.field({
  type: [AuditEventRef],
  description: 'Newest first.',
  args: { first: t.arg.int({ defaultValue: 20 }) },
  // Asked of one project at a time; ids sort by time, so equal moments keep their order.
  resolve: ({ id }, { first }, { reader }) => reader.auditEvent.findMany({ where: { projectId: id }, orderBy: [{ at: 'desc' }, { id: 'desc' }], take: pageSize(first, 20) }),
}));
