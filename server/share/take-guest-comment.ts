import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { SharedComments } from '../../contracts/share-page.ts';
import { badInput, Refusal } from '../../domain/refusal.ts';
import { guestRefusal } from '../../domain/sharing/guest-comment.ts';
import type { ShareLink } from '../../operations/ports/share-links.ts';
import { leaveGuestComment } from '../../operations/share-links/leave-guest-comment.ts';
import { AttemptLimit } from '../auth/attempt-limit.ts';
import { sendJson } from '../http/answer.ts';
import type { DoorDeps } from '../http/door-deps.ts';
import { readJson } from '../http/json-body.ts';
import { requireOwnOrigin } from '../http/local-guard.ts';
import { guestCommentsOf } from './guest-comments.ts';
import { contextOfLink } from './share-reader.ts';

const Said = z.object({ name: z.string().max(1000), comment: z.string().max(20_000) });
const BODY_BYTES = 64 * 1024;
const WINDOW_MS = 15 * 60_000;

interface Taken { readonly locked: boolean; readonly request: IncomingMessage; readonly response: ServerResponse }

/** POST …/comments. It looks at no cookie but that of the page's password, takes JSON from this site's pages alone, and as often as a person writes. */
export function takeGuestComments(deps: DoorDeps): (link: ShareLink, taken: Taken) => Promise<void> {
  const { ports, env } = deps;
  const limit = new AttemptLimit({
    windowMs: WINDOW_MS, most: 5, mostPerTarget: 40, now: () => ports.clock.now(),
    refusal: () => new Refusal('rate-limited', 'guest/too-many', 'Too many comments in a short time. Wait a quarter of an hour, then send it again.'),
  });
  return async (link, { locked, request, response }) => {
    requireOwnOrigin(request, env.publicUrl);
    // Who may not comment is told so before a word is read.
    const refusal = guestRefusal({ opens: true, locked, guestsMayComment: link.guestsMayComment });
    if (refusal) throw refusal;
    const parsed = Said.safeParse(await readJson(request, BODY_BYTES));
    if (!parsed.success) throw badInput('guest/comment', 'Send {"name": "…", "comment": "…"}.');
    limit.take(link.id, deps.addressOf(request));
    await leaveGuestComment(ports, link.id, { name: parsed.data.name, body: parsed.data.comment, locked });
    const context = await contextOfLink(deps, link);
    sendJson(response, 201, { comments: (context && (await guestCommentsOf(context, link))) ?? [] } satisfies SharedComments);
  };
}
