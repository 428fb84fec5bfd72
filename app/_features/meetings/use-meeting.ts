'use client';

import { useEffect } from 'react';
import { useMutation } from 'urql';
import { failureOf } from '../../_graphql/refusal.ts';
import { useLive } from '../../_graphql/use-live.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { AttendMeeting, MeetingQuery, MeetingUpdated } from './meeting-documents.ts';

const ATTEND_EVERY_MS = 20_000;

/** The meeting, redrawn as it changes anywhere; being on its page while it is held is being there. */
export function useMeeting(id: string) {
  const [{ data, fetching, error }, again] = useQuery({ query: MeetingQuery, variables: { id }, requestPolicy: 'cache-and-network' });
  const meeting = data?.meeting ?? null;
  // The announcement carries the meeting itself; read again is only who may not see it any more.
  useLive(MeetingUpdated, meeting ? [{ id }] : [], again, () => true);
  useAttendance(id, meeting?.state === 'LIVE');
  return { meeting, fetching, failure: failureOf(error), again };
}

function useAttendance(meeting: string, live: boolean): void {
  const [, attend] = useMutation(AttendMeeting);
  useEffect(() => {
    if (!live) return;
    const say = (): void => { void attend({ input: { meeting } }); };
    say();
    const rhythm = setInterval(say, ATTEND_EVERY_MS);
    return () => clearInterval(rhythm);
  }, [attend, meeting, live]);
}
