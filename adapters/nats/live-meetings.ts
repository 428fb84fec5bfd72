import type { NatsConnection } from '@nats-io/transport-node';
import { liveMeeting, liveMeetingSubject, type LiveMeeting } from '../../contracts/messages/live-meeting.ts';
import type { MeetingViews } from '../../operations/ports/meetings.ts';
import { LiveRooms, type LiveOptions } from './live-rooms.ts';

/** The presenter's view over core NATS; the record holds the last one. */
export function natsMeetingViews(connection: NatsConnection, options: LiveOptions = {}): MeetingViews {
  const rooms = new LiveRooms<LiveMeeting>(connection, { subjectOf: liveMeetingSubject, schema: liveMeeting, lookAgain: () => ({ view: null }) }, options);
  return {
    publish(meetingId, view) { rooms.publish(meetingId, { view }); },
    async *subscribe(meetingId, signal) {
      for await (const { view } of rooms.subscribe(meetingId, signal)) yield view;
    },
  };
}
