import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Change } from '../../contracts/messages/change.ts';
import type { ShareLink } from '../../operations/ports/share-links.ts';
import { stillShared } from '../../operations/share-links/open-share-link.ts';
import type { DoorDeps } from '../http/door-deps.ts';

/** Looks again this often without being told to: a link also ends by the clock. */
const LOOK_AGAIN_MS = 15_000;
/** Pages that may listen in one process at a time; one more is told to look by itself (EventSource stops at 204). */
const MOST_LISTENING = 2_000;
let listening = 0;

/** What may end a link: itself, its project (restricted, archived), and who made it. */
const mayEnd = (change: Change, link: ShareLink): boolean =>
  (change.noun === 'share-link' && change.id === link.id) || (change.noun === 'project' && change.projectId === link.projectId) || (change.noun === 'person' && change.id === link.createdById);

const SHOWN: ReadonlySet<Change['noun']> = new Set(['experiment', 'review', 'hypothesis', 'run', 'note']);

/** What makes a page that is kept up to date another one. */
const mayShow = (change: Change, link: ShareLink): boolean =>
  link.frozen === null && link.maxViews === null && SHOWN.has(change.noun) && (change.experimentId === link.subjectId || change.id === link.subjectId);

/**
 * Server-sent events for an open share page: "gone" within a moment of its link being taken back, and "changed" when there is something new to see.
 * They say nothing else: what is new is read through the link again. https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export async function watchShareLink({ ports, changes }: Pick<DoorDeps, 'ports' | 'changes'>, link: ShareLink, { request, response }: { readonly request: IncomingMessage; readonly response: ServerResponse }): Promise<void> {
  if (listening >= MOST_LISTENING) { response.writeHead(204).end(); return; }
  listening += 1;
  const leaving = new AbortController();
  request.on('close', () => leaving.abort());
  response.on('close', () => leaving.abort());
  response.writeHead(200, { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' });
  const say = (event: string): void => { response.write(`event: ${event}\ndata: \n\n`); };
  const endIfGone = async (): Promise<void> => {
    if (leaving.signal.aborted || (await stillShared(ports, link.id))) return;
    say('gone');
    response.end();
    leaving.abort();
  };
  const timer = setInterval(() => { response.write(':\n\n'); void endIfGone().catch(() => {}); }, LOOK_AGAIN_MS);
  try {
    const heard = changes.subscribe((change) => mayEnd(change, link) || mayShow(change, link), leaving.signal);
    say('open');
    // What was taken back between the page and this line.
    await endIfGone();
    for await (const change of heard) {
      if (mayEnd(change, link)) await endIfGone();
      else say('changed');
    }
  } finally {
    listening -= 1;
    clearInterval(timer);
    response.end();
  }
}
