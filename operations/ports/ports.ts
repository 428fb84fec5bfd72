import type { Clock, Ids, Secrets } from './ambient.ts';
import type { Blobs } from './blobs.ts';
import type { ConsoleStore } from './console-store.ts';
import type { Mail } from './mail.ts';
import type { LiveNotes } from './live-notes.ts';
import type { LiveMetricsFeed, MetricStore } from './metric-store.ts';
import type { NoteDocuments } from './note-documents.ts';
import type { MeetingViews } from './meetings.ts';
import type { Presence } from './presence.ts';
import type { RunSearch } from './run-search.ts';
import type { Store } from './store.ts';
import type { TypingFeed } from './typing.ts';

/** All that operations need from outside. An operation's signature names the few it uses: Pick<Ports, 'store' | 'clock'>. */
export interface Ports {
  readonly store: Store;
  readonly metrics: MetricStore;
  readonly live: LiveMetricsFeed;
  readonly console: ConsoleStore;
  readonly runSearch: RunSearch;
  readonly presence: Presence;
  readonly typing: TypingFeed;
  readonly noteDocuments: NoteDocuments;
  readonly liveNotes: LiveNotes;
  readonly meetingViews: MeetingViews;
  readonly blobs: Blobs;
  readonly mail: Mail;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly secrets: Secrets;
}
