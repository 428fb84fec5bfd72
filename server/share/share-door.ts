import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { SharePage } from '../../contracts/share-page.ts';
import { badInput, notFound, Refusal } from '../../domain/refusal.ts';
import { PAGES_WORD_HEADER, SHARE_LOOK_HEADER, shareLookFrom } from '../../domain/sharing/share-look.ts';
import type { ShareLink } from '../../operations/ports/share-links.ts';
import { countShareView, findShareLink, findWatchedLink } from '../../operations/share-links/open-share-link.ts';
import { AttemptLimit } from '../auth/attempt-limit.ts';
import { sendJson } from '../http/answer.ts';
import { pathOf } from '../http/dispatcher.ts';
import type { Door } from '../http/door.ts';
import type { DoorDeps } from '../http/door-deps.ts';
import { readJson } from '../http/json-body.ts';
import { LinkLooks } from './link-looks.ts';
import { OpenStreams } from './open-streams.ts';
import { isSaidByPages } from './pages-word.ts';
import { readSharePage } from './share-page.ts';
import { readSharePreview } from './share-preview.ts';
import { takeGuestComments } from './take-guest-comment.ts';
import { guardHeaders } from './share-headers.ts';
import { watchShareLink } from './watch-share-link.ts';
import { isUnlocked, unlockCookies } from './unlock-cookie.ts';

const PATH = /^\/api\/v1\/share\/([^/]+)(?:\/(unlock|events|comments|preview))?$/;
const Unlock = z.object({ password: z.string().max(200) });
const BODY_BYTES = 4096;
const WINDOW_MS = 15 * 60_000;
/** Pages of one link that may listen from one address: a household, or an office behind one address. Others ask again, and learn so when their link ended. */
const MOST_STREAMS = 20;

const goneLink = (): Refusal => notFound('share/unknown', 'There is no such page: the link was revoked, has expired, or never was.');

const POSTED: ReadonlySet<string> = new Set(['unlock', 'comments']);

/** Answers what came with the wrong method. */
function isMeantFor(part: string, request: IncomingMessage, response: ServerResponse): boolean {
  const method = POSTED.has(part) ? 'POST' : 'GET';
  if (request.method === method) return true;
  response.setHeader('allow', method);
  sendJson(response, 405, { error: { code: 'BAD_USER_INPUT', reason: 'http/method', message: `Use ${method} here.` } });
  return false;
}

/** What a share page shows, what guests say to it, and the way past its password; see contracts/share-page.ts. Needs no account and looks at none. */
export function shareDoor(deps: DoorDeps): Door {
  const { ports, env } = deps;
  const looks = new LinkLooks(deps);
  const attempts = new AttemptLimit({
    windowMs: WINDOW_MS, most: 10, mostPerTarget: 100, now: () => ports.clock.now(),
    refusal: () => new Refusal('rate-limited', 'share/too-many-tries', 'The password was wrong too often. Wait a quarter of an hour, then try again.'),
  });

  const streams = new OpenStreams(MOST_STREAMS);
  const takeComment = takeGuestComments(deps);

  const isLocked = (link: ShareLink, request: IncomingMessage): boolean => link.passwordHash !== null && !isUnlocked(env.secret, link, request.headers.cookie, ports.clock.now());

  async function show(link: ShareLink, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (isLocked(link, request)) {
      sendJson(response, 401, { state: 'locked', expiresAt: link.expiresAt.toISOString() } satisfies SharePage);
      return;
    }
    const look = isSaidByPages(env.secret, request.headers[PAGES_WORD_HEADER]) ? shareLookFrom(request.headers[SHARE_LOOK_HEADER]) : 'view';
    if (look === 'preview' && link.maxViews !== null) {
      // It would use up what somebody else is to see; shown uncounted, anybody could call himself a preview.
      sendJson(response, 200, { state: 'sealed', expiresAt: link.expiresAt.toISOString() } satisfies SharePage);
      return;
    }
    const page: SharePage | null = await readSharePage(deps, link);
    if (!page) throw goneLink();
    const counts = look === 'view' || link.maxViews !== null;
    if (counts && !(await countShareView(ports, link))) throw goneLink();
    sendJson(response, 200, page);
  }

  /** No view: a chat fetches it for many, and shows a part of what the page shows, or nothing. */
  async function preview(link: ShareLink, response: ServerResponse): Promise<void> {
    const told = await readSharePreview(deps, link);
    if (!told) throw goneLink();
    sendJson(response, 200, told);
  }

  async function unlock(link: ShareLink, token: string, { request, response }: { readonly request: IncomingMessage; readonly response: ServerResponse }): Promise<void> {
    const parsed = Unlock.safeParse(await readJson(request, BODY_BYTES));
    if (!parsed.success) throw badInput('share/password', 'Send {"password": "…"}.');
    if (link.passwordHash === null) { response.writeHead(204).end(); return; }
    const address = deps.addressOf(request);
    attempts.take(link.id, address);
    if (!(await ports.secrets.passwordMatches(parsed.data.password, link.passwordHash))) throw new Refusal('unauthenticated', 'share/wrong-password', 'That is not the password of this page.');
    attempts.forgive(link.id, address);
    response.setHeader('set-cookie', [...unlockCookies(env.secret, link, { token, now: ports.clock.now(), secure: env.publicUrl.startsWith('https:') })]);
    response.writeHead(204).end();
  }

  /** A place is taken before the link is looked for, so that many openings cost as little as the few that are let in. */
  async function listen(token: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const leave = streams.take(token, deps.addressOf(request));
    if (!leave) {
      response.setHeader('retry-after', '30');
      throw new Refusal('rate-limited', 'share/too-many-open', 'This page is open too often from your address. Close some of them; this one tries again by itself.');
    }
    try {
      const link = await findWatchedLink(ports, token);
      if (!link) throw goneLink();
      if (isLocked(link, request)) throw new Refusal('unauthenticated', 'share/locked', 'This page has a password. Unlock it first.');
      await watchShareLink({ deps: { ...deps, looks }, link, again: /[?&]again\b/.test(request.url ?? '') }, { request, response });
    } finally {
      leave();
    }
  }

  return {
    name: 'share',
    opens: (path) => PATH.test(path),
    async handle(request, response) {
      guardHeaders(response);
      const [, token = '', part = 'page'] = PATH.exec(pathOf(request)) ?? [];
      if (part === 'events' && request.method === 'GET') return listen(token, request, response);
      const link = await (part === 'events' ? findWatchedLink(ports, token) : findShareLink(ports, token));
      if (!link) throw goneLink();
      if (!isMeantFor(part, request, response)) return;
      if (part === 'unlock') return unlock(link, token, { request, response });
      if (part === 'comments') return takeComment(link, { locked: isLocked(link, request), request, response });
      if (part === 'preview') return preview(link, response);
      return show(link, request, response);
    },
  };
}
