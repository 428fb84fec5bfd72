import { addActionItem } from '../../../operations/meetings/add-action-item.ts';
import { castVote } from '../../../operations/meetings/cast-vote.ts';
import { recordDecision } from '../../../operations/meetings/record-decision.ts';
import { settleActionItem } from '../../../operations/meetings/settle-action-item.ts';
import { viewerOf } from '../../context.ts';
import { builder } from '../builder.ts';
import { VoteChoiceEnum } from './agenda-item.ts';
import { actionNow, actionPayload, itemNow, itemPayload, meetingNow, meetingPayload } from './meeting-payload.ts';
import { ActionStateEnum } from './meeting-record.ts';

const CastVoteInput = builder.inputType('CastVoteInput', { fields: (t) => ({ item: t.id({ required: true }), choice: t.field({ type: VoteChoiceEnum, required: true }) }) });
const RecordDecisionInput = builder.inputType('RecordDecisionInput', {
  fields: (t) => ({
    meeting: t.id({ required: true }),
    body: t.string({ required: true }),
    item: t.id(),
    subject: t.id({ description: "The experiment or hypothesis it decides about; the item's own when not said." }),
    replaces: t.id({ description: 'The decision that this one puts better.' }),
  }),
});
const AddActionItemInput = builder.inputType('AddActionItemInput', {
  fields: (t) => ({
    meeting: t.id({ required: true }),
    body: t.string({ required: true }),
    owner: t.id({ description: "A person's id; the viewer when not said." }),
    dueOn: t.string({ description: 'A day, as 2026-05-19.' }),
    item: t.id(),
    subject: t.id(),
  }),
});
const SettleActionItemInput = builder.inputType('SettleActionItemInput', { fields: (t) => ({ actionItem: t.id({ required: true }), state: t.field({ type: ActionStateEnum, required: true }), note: t.string() }) });

builder.mutationFields((t) => ({
  castVote: t.field({
    type: itemPayload('CastVotePayload'), args: { input: t.arg({ type: CastVoteInput, required: true }) }, description: 'The last vote of a person counts, until the item is closed.',
    resolve: async (_, { input }, context) => itemNow(context, await castVote(context.ports, viewerOf(context), input)),
  }),
  recordDecision: t.field({
    type: meetingPayload('RecordDecisionPayload'), args: { input: t.arg({ type: RecordDecisionInput, required: true }) },
    resolve: async (_, { input }, context) => meetingNow(context, await recordDecision(context.ports, viewerOf(context), input)),
  }),
  addActionItem: t.field({
    type: actionPayload('AddActionItemPayload'), args: { input: t.arg({ type: AddActionItemInput, required: true }) },
    resolve: async (_, { input }, context) => actionNow(context, await addActionItem(context.ports, viewerOf(context), input)),
  }),
  settleActionItem: t.field({
    type: actionPayload('SettleActionItemPayload'), args: { input: t.arg({ type: SettleActionItemInput, required: true }) }, description: 'Done, dropped, or open again.',
    resolve: async (_, { input }, context) => actionNow(context, await settleActionItem(context.ports, viewerOf(context), input)),
  }),
}));
