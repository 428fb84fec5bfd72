import { addAgendaItem } from '../../../operations/meetings/add-agenda-item.ts';
import { moveAgendaItem } from '../../../operations/meetings/move-agenda-item.ts';
import { removeAgendaItem } from '../../../operations/meetings/remove-agenda-item.ts';
import { updateAgendaItem } from '../../../operations/meetings/update-agenda-item.ts';
import { viewerOf } from '../../context.ts';
import { builder } from '../builder.ts';
import { itemNow, itemPayload, meetingNow, meetingPayload } from './meeting-payload.ts';

const AddAgendaItemInput = builder.inputType('AddAgendaItemInput', {
  fields: (t) => ({
    meeting: t.id({ required: true }),
    title: t.string({ required: true }),
    reason: t.string(),
    question: t.string({ description: 'What is voted on.' }),
    subject: t.id({ description: 'An experiment, hypothesis or run of the project.' }),
    plannedMinutes: t.int({ description: '5 when not said.' }),
  }),
});
const UpdateAgendaItemInput = builder.inputType('UpdateAgendaItemInput', { fields: (t) => ({ item: t.id({ required: true }), title: t.string(), question: t.string(), plannedMinutes: t.int(), closed: t.boolean() }) });
const MoveAgendaItemInput = builder.inputType('MoveAgendaItemInput', { fields: (t) => ({ item: t.id({ required: true }), after: t.id({ description: 'The item it is put behind; first when not said.' }) }) });
const RemoveAgendaItemInput = builder.inputType('RemoveAgendaItemInput', { fields: (t) => ({ item: t.id({ required: true }) }) });

builder.mutationFields((t) => ({
  addAgendaItem: t.field({
    type: itemPayload('AddAgendaItemPayload'), args: { input: t.arg({ type: AddAgendaItemInput, required: true }) },
    resolve: async (_, { input }, context) => itemNow(context, await addAgendaItem(context.ports, viewerOf(context), input)),
  }),
  updateAgendaItem: t.field({
    type: itemPayload('UpdateAgendaItemPayload'), args: { input: t.arg({ type: UpdateAgendaItemInput, required: true }) },
    resolve: async (_, { input }, context) => itemNow(context, await updateAgendaItem(context.ports, viewerOf(context), input)),
  }),
  moveAgendaItem: t.field({
    type: itemPayload('MoveAgendaItemPayload'), args: { input: t.arg({ type: MoveAgendaItemInput, required: true }) },
    resolve: async (_, { input }, context) => itemNow(context, await moveAgendaItem(context.ports, viewerOf(context), input)),
  }),
  removeAgendaItem: t.field({
    type: meetingPayload('RemoveAgendaItemPayload'), args: { input: t.arg({ type: RemoveAgendaItemInput, required: true }) },
    resolve: async (_, { input }, context) => meetingNow(context, await removeAgendaItem(context.ports, viewerOf(context), input.item)),
  }),
}));
