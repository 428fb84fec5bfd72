import type { Prisma } from '../../../generated/prisma/client.ts';
import { unknownItem, unknownMeeting } from '../../../operations/meetings/reach-meeting.ts';
import { forgetBatches } from '../../batched.ts';
import type { Context } from '../../context.ts';
import { builder } from '../builder.ts';
import { meetingOf } from '../loaders.ts';
import { MeetingRef } from '../types.ts';
import { AgendaItemRef } from './agenda-item.ts';
import { ActionItemRef } from './meeting-record.ts';

export interface MeetingPayload { readonly meeting: Prisma.MeetingModel }
export interface ItemPayload extends MeetingPayload { readonly item: Prisma.AgendaItemModel }
export interface ActionPayload extends MeetingPayload { readonly actionItem: Prisma.ActionItemModel }

export const meetingPayload = (name: string) => builder.objectRef<MeetingPayload>(name).implement({ fields: (t) => ({ meeting: t.field({ type: MeetingRef, resolve: ({ meeting }) => meeting }) }) });
export const itemPayload = (name: string) => builder.objectRef<ItemPayload>(name).implement({
  fields: (t) => ({ item: t.field({ type: AgendaItemRef, resolve: ({ item }) => item }), meeting: t.field({ type: MeetingRef, resolve: ({ meeting }) => meeting }) }),
});
export const actionPayload = (name: string) => builder.objectRef<ActionPayload>(name).implement({
  fields: (t) => ({ actionItem: t.field({ type: ActionItemRef, resolve: ({ actionItem }) => actionItem }), meeting: t.field({ type: MeetingRef, resolve: ({ meeting }) => meeting }) }),
});

/** As it stands after the operation: whoever just acted may read. */
export async function meetingNow(context: Context, id: string): Promise<MeetingPayload> {
  forgetBatches(context);
  const meeting = await meetingOf(context, id);
  if (!meeting) throw unknownMeeting();
  return { meeting };
}

export async function itemNow(context: Context, id: string): Promise<ItemPayload> {
  const item = await context.reader.agendaItem.findUnique({ where: { id } });
  if (!item) throw unknownItem();
  return { item, ...(await meetingNow(context, item.meetingId)) };
}

export async function actionNow(context: Context, id: string): Promise<ActionPayload> {
  const actionItem = await context.reader.actionItem.findUniqueOrThrow({ where: { id } });
  return { actionItem, ...(await meetingNow(context, actionItem.meetingId)) };
}
