import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Change } from '../../contracts/messages/change.ts';
import type { ShareLink } from '../../operations/ports/share-links.ts';
import type { DoorDeps } from '../http/door-deps.ts';
import type { Look, LinkLooks } from './link-looks.ts';
import { isSaid, isShown, mayAdd, sameThings, type ShownThings } from './shown-things.ts';

/** Looks again this often without being told to: a link also ends by the clock. */
const LOOK_AGAIN_MS = 15_000;
/** Pages that may listen in one process at a time; one more is sent away, and asks again later. */
const MOST_LISTENING = 2_000;
let listening = 0;

/** What may end a link at once: itself, its project (restricted, archived), and who made it. */
const mayEnd = (change: Change, link: ShareLink): boolean =>
  (change.noun === 'share-link' && change.id === link.id) || (change.noun === 'project' && change.projectId === link.projectId) || (change.noun === 'person' && change.id === link.createdById);

/** Cards of data and rules of review decide what may leave a project. */
const JUDGES: ReadonlySet<string> = new Set(['data-described', 'policy-changed']);

/** What a change is to an open page: perhaps its end, another page, or only a reason to look. Null for the news of others. */
type Meaning = 'end' | 'changed' | 'look';
export function meaningOf(change: Change, link: ShareLink, things: ShownThings): Meaning | null {
  const keptUp = link.maxViews === null;
  if (mayEnd(change, link)) return keptUp && link.frozen === null && JUDGES.has(change.verb) ? 'changed' : 'end';
  if (isSaid(change, things)) return keptUp ? 'changed' : 'look';
  if (isShown(change, things)) return keptUp && link.frozen === null ? 'changed' : 'look';
  return mayAdd(change, link) ? 'look' : null;
}

interface Watched {
  readonly deps: Pick<DoorDeps, 'changes' | 'liveMetrics'> & { readonly looks: LinkLooks };
  readonly link: ShareLink;
  /** Whether the page listened before, and may have missed something meanwhile. */
  readonly again: boolean;
}

/**
 * Server-sent events for an open share page: "gone" within a moment of its link being taken back or of what it shows being deleted or held back, and
 * "changed" when there is something new to see. They say nothing else: what is new is read through the link again.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export async function watchShareLink({ deps, link, again }: Watched, { request, response }: { readonly request: IncomingMessage; readonly response: ServerResponse }): Promise<void> {
  if (listening >= MOST_LISTENING) { response.writeHead(204).end(); return; }
  listening += 1;
  const leaving = new AbortController();
  request.on('close', () => leaving.abort());
  response.on('close', () => leaving.abort());
  response.writeHead(200, { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' });
  const timer = setInterval(() => { response.write(':\n\n'); }, LOOK_AGAIN_MS);
  try {
    await tellNews({ deps, link, again }, leaving, (event) => { response.write(`event: ${event}\ndata: \n\n`); });
  } finally {
    listening -= 1;
    clearInterval(timer);
    leaving.abort();
    response.end();
  }
}

/** Until the page is gone or left. */
async function tellNews({ deps: { changes, liveMetrics, looks }, link, again }: Watched, leaving: AbortController, say: (event: 'open' | 'changed' | 'gone') => void): Promise<void> {
  const page = new OpenPage(link, (event) => { if (!leaving.signal.aborted) say(event); if (event === 'gone') leaving.abort(); });
  const heard = changes.subscribe((change) => page.meaningOf(change) !== null, leaving.signal);
  say('open');
  // What was taken back between the page and this line.
  page.see(await looks.soon(link), again && link.maxViews === null);
  const looking = setInterval(() => { void looks.soon(link).then((look) => page.see(look, false), () => {}); }, LOOK_AGAIN_MS);
  const measured = link.subjectKind === 'run' && link.frozen === null && link.maxViews === null ? followMetrics(liveMetrics.subscribe(link.subjectId, leaving.signal), () => page.lookSoon(looks)) : Promise.resolve();
  try {
    for await (const change of heard) {
      const meaning = page.meaningOf(change);
      if (meaning === 'end') page.see(await looks.now(link), false);
      else if (meaning !== null) page.lookSoon(looks, meaning === 'changed');
    }
  } finally {
    clearInterval(looking);
    leaving.abort();
    await measured;
  }
}

/** The first message says only that nothing is missed from here on. */
async function followMetrics(messages: AsyncIterable<unknown>, tell: () => void): Promise<void> {
  let first = true;
  for await (const _ of messages) {
    if (!first) tell();
    first = false;
  }
}

/** What is known of a page that somebody has open. */
class OpenPage {
  readonly #link: ShareLink;
  readonly #say: (event: 'changed' | 'gone') => void;
  #things: ShownThings = { shown: new Set(), around: new Set(), threads: new Set() };
  #looking: { readonly look: Promise<Look>; changed: boolean } | null = null;
  #seen = false;

  constructor(link: ShareLink, say: (event: 'changed' | 'gone') => void) {
    this.#link = link;
    this.#things = { ...this.#things, shown: new Set([link.subjectId]) };
    this.#say = say;
  }

  meaningOf(change: Change): Meaning | null {
    return meaningOf(change, this.#link, this.#things);
  }

  see(look: Look, changed: boolean): void {
    if (look === null) { this.#say('gone'); return; }
    const grown = !sameThings(look, this.#things);
    this.#things = look;
    if (changed || (grown && this.#seen && this.#link.maxViews === null)) this.#say('changed');
    this.#seen = true;
  }

  /** News that come before the look is begun are told by it. */
  lookSoon(looks: LinkLooks, changed = true): void {
    const look = looks.soon(this.#link);
    if (this.#looking?.look === look) { this.#looking.changed ||= changed; return; }
    const looking = { look, changed };
    this.#looking = looking;
    void look.then((seen) => this.see(seen, looking.changed), () => {});
  }
}
