import { attendMeeting } from '../../../operations/meetings/attend-meeting.ts';
import { createMeeting } from '../../../operations/meetings/create-meeting.ts';
import { draftAgendaAnew } from '../../../operations/meetings/draft-agenda.ts';
import { endMeeting } from '../../../operations/meetings/end-meeting.ts';
import { handOver } from '../../../operations/meetings/hand-over.ts';
import { pauseTimer } from '../../../operations/meetings/pause-timer.ts';
import { presentView } from '../../../operations/meetings/present-view.ts';
import { startMeeting } from '../../../operations/meetings/start-meeting.ts';
import { updateMeeting } from '../../../operations/meetings/update-meeting.ts';
import { viewerOf } from '../../context.ts';
import { documentFromMarkdown } from '../../notes/markdown-document.ts';
import { builder } from '../builder.ts';
import { meetingNow, meetingPayload } from './meeting-payload.ts';

const CreateMeetingInput = builder.inputType('CreateMeetingInput', {
  fields: (t) => ({
    project: t.string({ required: true, description: 'Its slug.' }),
    title: t.string({ description: '"Weekly review" when not said.' }),
    scheduledAt: t.field({ type: 'DateTime', description: 'Now when not said.' }),
    plannedMinutes: t.int({ description: '60 when not said; the agenda is drafted to fit.' }),
    votesHidden: t.boolean({ description: 'Show votes only after their item is closed.' }),
  }),
});
const UpdateMeetingInput = builder.inputType('UpdateMeetingInput', { fields: (t) => ({ meeting: t.id({ required: true }), title: t.string(), scheduledAt: t.field({ type: 'DateTime' }), plannedMinutes: t.int(), votesHidden: t.boolean() }) });
const only = (name: string) => builder.inputType(name, { fields: (t) => ({ meeting: t.id({ required: true }) }) });
const DraftAgendaInput = only('DraftAgendaInput');
const StartMeetingInput = only('StartMeetingInput');
const AttendMeetingInput = only('AttendMeetingInput');
const EndMeetingInput = only('EndMeetingInput');
const PresentViewInput = builder.inputType('PresentViewInput', {
  fields: (t) => ({
    meeting: t.id({ required: true }),
    item: t.id({ description: 'The one at hand when not said.' }),
    search: t.string({ description: "Parameters of the address of the meeting's page." }),
    section: t.int(),
    within: t.float(),
  }),
});
const HandOverInput = builder.inputType('HandOverMeetingInput', { fields: (t) => ({ meeting: t.id({ required: true }), to: t.id({ required: true, description: "A person's id; one's own takes over." }) }) });
const PauseTimerInput = builder.inputType('PauseTimerInput', { fields: (t) => ({ meeting: t.id({ required: true }), paused: t.boolean({ required: true }) }) });

builder.mutationFields((t) => ({
  createMeeting: t.field({
    type: meetingPayload('CreateMeetingPayload'), args: { input: t.arg({ type: CreateMeetingInput, required: true }) }, description: 'Makes a meeting, with an agenda drafted from the week.',
    resolve: async (_, { input }, context) => meetingNow(context, await createMeeting(context.ports, viewerOf(context), input)),
  }),
  updateMeeting: t.field({
    type: meetingPayload('UpdateMeetingPayload'), args: { input: t.arg({ type: UpdateMeetingInput, required: true }) },
    resolve: async (_, { input }, context) => meetingNow(context, await updateMeeting(context.ports, viewerOf(context), input)),
  }),
  draftAgenda: t.field({
    type: meetingPayload('DraftAgendaPayload'), args: { input: t.arg({ type: DraftAgendaInput, required: true }) }, description: 'Drafts the agenda anew; what people added or moved stays.',
    resolve: async (_, { input }, context) => meetingNow(context, await draftAgendaAnew(context.ports, viewerOf(context), input.meeting)),
  }),
  startMeeting: t.field({
    type: meetingPayload('StartMeetingPayload'), args: { input: t.arg({ type: StartMeetingInput, required: true }) },
    resolve: async (_, { input }, context) => meetingNow(context, await startMeeting(context.ports, viewerOf(context), input.meeting)),
  }),
  attendMeeting: t.field({
    type: meetingPayload('AttendMeetingPayload'), args: { input: t.arg({ type: AttendMeetingInput, required: true }) }, description: 'Says that the viewer is there; pages say it every 20 seconds.',
    resolve: async (_, { input }, context) => meetingNow(context, await attendMeeting(context.ports, viewerOf(context), input.meeting)),
  }),
  presentView: t.field({
    type: meetingPayload('PresentViewPayload'), args: { input: t.arg({ type: PresentViewInput, required: true }) }, description: 'Moves what everybody who follows looks at.',
    resolve: async (_, { input }, context) => meetingNow(context, await presentView(context.ports, viewerOf(context), input)),
  }),
  handOverMeeting: t.field({
    type: meetingPayload('HandOverMeetingPayload'), args: { input: t.arg({ type: HandOverInput, required: true }) }, description: 'Lets somebody else present.',
    resolve: async (_, { input }, context) => meetingNow(context, await handOver(context.ports, viewerOf(context), input)),
  }),
  pauseTimer: t.field({
    type: meetingPayload('PauseTimerPayload'), args: { input: t.arg({ type: PauseTimerInput, required: true }) },
    resolve: async (_, { input }, context) => meetingNow(context, await pauseTimer(context.ports, viewerOf(context), input)),
  }),
  endMeeting: t.field({
    type: meetingPayload('EndMeetingPayload'), args: { input: t.arg({ type: EndMeetingInput, required: true }) }, description: 'Ends it and writes the minutes.',
    resolve: async (_, { input }, context) => meetingNow(context, await endMeeting(context.ports, viewerOf(context), { meeting: input.meeting, documentFrom: documentFromMarkdown })),
  }),
}));
