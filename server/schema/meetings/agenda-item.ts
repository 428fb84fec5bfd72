import { elapsedMs } from '../../../domain/meetings/timer.ts';
import { standingVotes, tally, VOTE_CHOICES, type Vote, type VoteChoice } from '../../../domain/meetings/votes.ts';
import { ITEM_KINDS, type ItemKind } from '../../../domain/meetings/story.ts';
import type { Prisma } from '../../../generated/prisma/client.ts';
import { batchedRows } from '../../batched.ts';
import { viewerOf, type Context } from '../../context.ts';
import { builder } from '../builder.ts';
import { meetingOf, personOf } from '../loaders.ts';
import { subjectOf, SubjectRef } from '../subject.ts';
import { PersonRef } from '../types.ts';

export const VoteChoiceEnum = builder.enumType('VoteChoice', { description: 'Do it, not yet, or let it be.', values: VOTE_CHOICES });
const AgendaItemKindEnum = builder.enumType('AgendaItemKind', { description: 'Why something is on an agenda; TOPIC is what people added.', values: ITEM_KINDS });

/** On the agenda of each meeting, in its order. */
export const itemsOf = batchedRows<string, readonly Prisma.AgendaItemModel[]>(async (meetingIds, { reader }) => {
  const rows = await reader.agendaItem.findMany({ where: { meetingId: { in: [...meetingIds] }, removedAt: null }, orderBy: [{ position: 'asc' }, { id: 'asc' }] });
  return new Map(meetingIds.map((id) => [id, rows.filter((row) => row.meetingId === id)]));
});

/** The votes that count, by item. */
const votesOf = batchedRows<string, readonly Vote[]>(async (itemIds, { reader }) => {
  const rows = await reader.vote.findMany({ where: { itemId: { in: [...itemIds] } }, orderBy: { sequence: 'asc' }, select: { itemId: true, personId: true, choice: true } });
  return new Map(itemIds.map((id) => [id, standingVotes(rows.filter((row) => row.itemId === id))]));
});

/** Counted for everybody to see, unless the meeting keeps votes to itself until the item is closed. */
async function shownVotes(context: Context, { id, meetingId, closedAt }: Prisma.AgendaItemModel): Promise<readonly Vote[] | null> {
  const meeting = await meetingOf(context, meetingId);
  return meeting?.votesHidden !== false && closedAt === null && meeting?.state !== 'ENDED' ? null : (await votesOf(context, id)) ?? [];
}

const VoteTallyRef = builder.objectRef<{ readonly choice: VoteChoice; readonly count: number }>('VoteTally').implement({
  fields: (t) => ({ choice: t.expose('choice', { type: VoteChoiceEnum }), count: t.exposeInt('count') }),
});
const NamedVoteRef = builder.objectRef<Vote>('NamedVote').implement({
  fields: (t) => ({
    person: t.field({ type: PersonRef, nullable: true, resolve: async ({ personId }, _, context) => (await personOf(context, personId)) ?? null }),
    choice: t.expose('choice', { type: VoteChoiceEnum }),
  }),
});

export const AgendaItemRef = builder.objectRef<Prisma.AgendaItemModel>('AgendaItem').implement({
  fields: (t) => ({
    id: t.exposeID('id'),
    kind: t.field({ type: AgendaItemKindEnum, resolve: ({ kind }) => kind as ItemKind }),
    title: t.exposeString('title'),
    reason: t.exposeString('reason', { description: 'Why it is on the agenda, as a sentence.' }),
    question: t.exposeString('question', { nullable: true, description: 'What is voted on.' }),
    subject: t.field({ type: SubjectRef, nullable: true, resolve: (item, _, context) => (item.subjectId === null ? null : subjectOf(context, item.subjectId)) }),
    score: t.exposeFloat('score', { nullable: true, description: 'Impact times surprise, from 0 to 1; null for what people added.' }),
    plannedSeconds: t.exposeInt('plannedSeconds'),
    spentSeconds: t.float({ description: "Up to this answer, by the server's clock.", resolve: (item, _, { ports }) => elapsedMs(item, ports.clock.now()) / 1000 }),
    running: t.boolean({ description: 'Its time goes on.', resolve: ({ runningSince }) => runningSince !== null }),
    closedAt: t.expose('closedAt', { type: 'DateTime', nullable: true }),
    addedBy: t.field({ type: PersonRef, nullable: true, description: 'Null for what was drafted.', resolve: async ({ addedById }, _, context) => (addedById === null ? null : (await personOf(context, addedById)) ?? null) }),
    movedBy: t.field({ type: PersonRef, nullable: true, resolve: async ({ movedById }, _, context) => (movedById === null ? null : (await personOf(context, movedById)) ?? null) }),
    voteCount: t.int({ description: 'How many people voted.', resolve: async ({ id }, _, context) => ((await votesOf(context, id)) ?? []).length }),
    tally: t.field({
      type: [VoteTallyRef], nullable: true, description: 'Null while the meeting keeps votes to itself.',
      resolve: async (item, _, context) => { const votes = await shownVotes(context, item); return votes && [...tally(votes)]; },
    }),
    votes: t.field({
      type: [NamedVoteRef], nullable: true, description: 'Who said what; null while the meeting keeps votes to itself.',
      resolve: async (item, _, context) => { const votes = await shownVotes(context, item); return votes && [...votes]; },
    }),
    viewerVote: t.field({ type: VoteChoiceEnum, nullable: true, resolve: async ({ id }, _, context) => ((await votesOf(context, id)) ?? []).find(({ personId }) => personId === viewerOf(context).personId)?.choice ?? null }),
  }),
});
