'use client';

import { useState } from 'react';
import { useClient, type AnyVariables, type TypedDocumentNode } from 'urql';
import { failureOf, type Failure } from '../../_graphql/refusal.ts';
import { AddActionItem, AddAgendaItem, CastVote, DraftAgenda, EndMeeting, HandOver, MoveAgendaItem, PauseTimer, RecordDecision, RemoveAgendaItem, SettleActionItem, StartMeeting, UpdateAgendaItem, type MeetingDetail } from './meeting-documents.ts';

export interface MeetingActs {
  /** The last act that was refused, in words; null after one that was not. */
  readonly failure: Failure | null;
  /** What is being saved now: a name of an act. */
  readonly saving: string | null;
  /** When something was saved last, in this browser's time; said only after the server's answer, which comes after the commit. */
  readonly savedAt: number | null;
  readonly start: () => Promise<boolean>;
  readonly end: () => Promise<boolean>;
  readonly draft: () => Promise<boolean>;
  readonly pause: (paused: boolean) => Promise<boolean>;
  readonly handOver: (to: string) => Promise<boolean>;
  readonly vote: (item: string, choice: 'ADOPT' | 'WAIT' | 'DROP') => Promise<boolean>;
  readonly decide: (input: { readonly body: string; readonly item: string | null; readonly replaces?: string }) => Promise<boolean>;
  readonly give: (input: { readonly body: string; readonly owner: string | null; readonly dueOn: string | null; readonly item: string | null }) => Promise<boolean>;
  readonly settle: (actionItem: string, state: 'OPEN' | 'DONE' | 'DROPPED') => Promise<boolean>;
  readonly add: (input: { readonly title: string; readonly plannedMinutes?: number }) => Promise<boolean>;
  readonly move: (item: string, after: string | null) => Promise<boolean>;
  readonly remove: (item: string) => Promise<boolean>;
  readonly close: (item: string, closed: boolean) => Promise<boolean>;
  readonly ask: (item: string, question: string) => Promise<boolean>;
}

/** Everything one can do in a meeting. Each resolves to whether it was saved; nothing is shown as saved before that. */
export function useMeetingActs({ id: meeting }: Pick<MeetingDetail, 'id'>): MeetingActs {
  const client = useClient();
  const [state, setState] = useState<Pick<MeetingActs, 'failure' | 'saving' | 'savedAt'>>({ failure: null, saving: null, savedAt: null });

  const act = async <Data, Variables extends AnyVariables>(name: string, document: TypedDocumentNode<Data, Variables>, variables: Variables): Promise<boolean> => {
    setState((before) => ({ ...before, saving: name }));
    const { error } = await client.mutation(document, variables).toPromise();
    const failure = failureOf(error);
    setState((before) => ({ failure, saving: null, savedAt: failure === null ? Date.now() : before.savedAt }));
    return failure === null;
  };

  return {
    ...state,
    start: () => act('start', StartMeeting, { input: { meeting } }),
    end: () => act('end', EndMeeting, { input: { meeting } }),
    draft: () => act('draft', DraftAgenda, { input: { meeting } }),
    pause: (paused) => act('pause', PauseTimer, { input: { meeting, paused } }),
    handOver: (to) => act('hand over', HandOver, { input: { meeting, to } }),
    vote: (item, choice) => act('vote', CastVote, { input: { item, choice } }),
    decide: (input) => act('decision', RecordDecision, { input: { meeting, ...input } }),
    give: (input) => act('action', AddActionItem, { input: { meeting, ...input } }),
    settle: (actionItem, next) => act('settle', SettleActionItem, { input: { actionItem, state: next } }),
    add: (input) => act('add', AddAgendaItem, { input: { meeting, ...input } }),
    move: (item, after) => act('move', MoveAgendaItem, { input: { item, after } }),
    remove: (item) => act('remove', RemoveAgendaItem, { input: { item } }),
    close: (item, closed) => act('close', UpdateAgendaItem, { input: { item, closed } }),
    ask: (item, question) => act('ask', UpdateAgendaItem, { input: { item, question } }),
  };
}
