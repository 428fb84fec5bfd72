import { graphql, type ResultOf, type VariablesOf } from '../../_graphql/graphql.ts';

const MeetingParts = graphql(`
  fragment MeetingParts on Meeting {
    id title state version scheduledAt plannedMinutes weekFrom weekTo votesHidden startedAt endedAt currentItem minutes calendarPath
    project { id slug name }
    presenter { id name initials }
    view { item search section within }
    minutesNote { id title viewerCan { share } }
    viewerCan { hold vote }
    items {
      id kind title reason question plannedSeconds spentSeconds running closedAt voteCount viewerVote
      tally { choice count }
      addedBy { id name } movedBy { id name }
      subject {
        __typename
        ... on Experiment { id key name verdict { id outcome } approval exploratory }
        ... on Hypothesis { id statement status }
        ... on Run { id name }
      }
    }
    decisions { id body item recordedAt recordedBy { id name } }
    actionItems { id body dueOn state item owner { id name initials } viewerCanSettle }
    attendance { cameAt seenAt person { id name initials } }
  }
`);

export const MeetingQuery = graphql(`query Meeting($id: ID!) { meeting(id: $id) { ...MeetingParts } }`, [MeetingParts]);
/** Carries the whole meeting: who hears of a vote sees it without asking again. */
export const MeetingUpdated = graphql(`subscription MeetingUpdated($id: ID!) { meetingUpdated(id: $id) { ...MeetingParts } }`, [MeetingParts]);
export const MeetingView = graphql(`subscription MeetingView($id: ID!) { meetingView(id: $id) { item search section within } }`);
export type PresentedView = ResultOf<typeof MeetingView>['meetingView'];

export type MeetingDetail = NonNullable<ResultOf<typeof MeetingQuery>['meeting']>;
export type ItemDetail = MeetingDetail['items'][number];
export type ActionDetail = MeetingDetail['actionItems'][number];

export const CreateMeeting = graphql(`mutation CreateMeeting($input: CreateMeetingInput!) { createMeeting(input: $input) { meeting { ...MeetingParts } } }`, [MeetingParts]);
export const UpdateMeeting = graphql(`mutation UpdateMeeting($input: UpdateMeetingInput!) { updateMeeting(input: $input) { meeting { ...MeetingParts } } }`, [MeetingParts]);
export const DraftAgenda = graphql(`mutation DraftAgenda($input: DraftAgendaInput!) { draftAgenda(input: $input) { meeting { ...MeetingParts } } }`, [MeetingParts]);
export const StartMeeting = graphql(`mutation StartMeeting($input: StartMeetingInput!) { startMeeting(input: $input) { meeting { ...MeetingParts } } }`, [MeetingParts]);
export const AttendMeeting = graphql(`mutation AttendMeeting($input: AttendMeetingInput!) { attendMeeting(input: $input) { meeting { id } } }`);
export const PresentView = graphql(`mutation PresentView($input: PresentViewInput!) { presentView(input: $input) { meeting { ...MeetingParts } } }`, [MeetingParts]);
export type PresentInput = VariablesOf<typeof PresentView>['input'];
export const HandOver = graphql(`mutation HandOver($input: HandOverMeetingInput!) { handOverMeeting(input: $input) { meeting { ...MeetingParts } } }`, [MeetingParts]);
export const PauseTimer = graphql(`mutation PauseTimer($input: PauseTimerInput!) { pauseTimer(input: $input) { meeting { ...MeetingParts } } }`, [MeetingParts]);
export const EndMeeting = graphql(`mutation EndMeeting($input: EndMeetingInput!) { endMeeting(input: $input) { meeting { ...MeetingParts } } }`, [MeetingParts]);
export const AddAgendaItem = graphql(`mutation AddAgendaItem($input: AddAgendaItemInput!) { addAgendaItem(input: $input) { item { id } meeting { ...MeetingParts } } }`, [MeetingParts]);
export const UpdateAgendaItem = graphql(`mutation UpdateAgendaItem($input: UpdateAgendaItemInput!) { updateAgendaItem(input: $input) { meeting { ...MeetingParts } } }`, [MeetingParts]);
export const MoveAgendaItem = graphql(`mutation MoveAgendaItem($input: MoveAgendaItemInput!) { moveAgendaItem(input: $input) { meeting { ...MeetingParts } } }`, [MeetingParts]);
export const RemoveAgendaItem = graphql(`mutation RemoveAgendaItem($input: RemoveAgendaItemInput!) { removeAgendaItem(input: $input) { meeting { ...MeetingParts } } }`, [MeetingParts]);
export const CastVote = graphql(`mutation CastVote($input: CastVoteInput!) { castVote(input: $input) { meeting { ...MeetingParts } } }`, [MeetingParts]);
export const RecordDecision = graphql(`mutation RecordDecision($input: RecordDecisionInput!) { recordDecision(input: $input) { meeting { ...MeetingParts } } }`, [MeetingParts]);
export const AddActionItem = graphql(`mutation AddActionItem($input: AddActionItemInput!) { addActionItem(input: $input) { meeting { ...MeetingParts } } }`, [MeetingParts]);
export const SettleActionItem = graphql(`mutation SettleActionItem($input: SettleActionItemInput!) { settleActionItem(input: $input) { actionItem { id state note settledAt } meeting { ...MeetingParts } } }`, [MeetingParts]);

export const ProjectMeetingsQuery = graphql(`
  query ProjectMeetings($slug: String!) {
    project(slug: $slug) {
      id slug name viewerCan { write }
      meetings(first: 50) { totalCount nodes { id title state scheduledAt plannedMinutes startedAt endedAt calendarPath items { id } decisions { id } attendance { person { id } } } }
      actionItems(first: 100) { id body dueOn state createdAt owner { id name initials } viewerCanSettle meeting { id title } }
    }
  }
`);
export type ListedProject = NonNullable<ResultOf<typeof ProjectMeetingsQuery>['project']>;
export type ListedMeeting = ListedProject['meetings']['nodes'][number];

/** Who can be given something to do: the project's people. */
export const MeetingPeople = graphql(`query MeetingPeople($slug: String!) { project(slug: $slug) { id members { id person { id name } } } }`);
