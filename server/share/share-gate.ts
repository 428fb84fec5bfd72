import type { IncomingMessage, ServerResponse } from 'node:http';
import { SHARE_LOOK_HEADER, shareLook, type ShareLook } from '../../domain/sharing/share-look.ts';
import { findShareLink } from '../../operations/share-links/open-share-link.ts';
import { pathOf } from '../http/dispatcher.ts';
import type { Door } from '../http/door.ts';
import type { DoorDeps } from '../http/door-deps.ts';
import { KnownLookers } from './known-lookers.ts';
import { guardHeaders } from './share-headers.ts';

export interface SharePages {
  /** Next, which draws /s/<token>, and its picture, from what the share door says. */
  readonly page: Pick<Door, 'handle'> & Partial<Pick<Door, 'refuse' | 'fail'>>;
  /** Next's own page for what is not there, with status 404. */
  readonly notFound: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

const PATH = /^\/s(?:\/|$)/;
/** What there is beside the page itself. */
const PARTS: ReadonlySet<string> = new Set(['', 'picture.png']);
const KEPT = new Set(['referrer-policy', 'x-robots-tag', 'cache-control']);

/**
 * Stands before the share pages. A link that was revoked, has expired or never was is a real 404 for everybody, decided here before a byte is drawn:
 * a page that streams would have said 200 already.
 */
export function shareGate({ ports, addressOf }: Pick<DoorDeps, 'ports' | 'addressOf'>, { page, notFound }: SharePages): Door {
  const known = new KnownLookers();
  /** A page that is open says that it reads what is new; believed where it was opened from. */
  const lookOf = (request: IncomingMessage, token: string): ShareLook => {
    const look = shareLook({ method: request.method ?? '', userAgent: request.headers['user-agent'] ?? '', again: request.headers['rsc'] !== undefined });
    if (look === 'preview') return look;
    return known.meets(addressOf(request), token, ports.clock.now()) ? look : 'view';
  };
  return {
    ...page,
    name: 'share page',
    opens: (path) => PATH.test(path),
    async handle(request, response) {
      guardHeaders(response);
      keepHeaders(response);
      const [, , token = '', part = '', ...rest] = pathOf(request).split('/');
      const open = rest.length === 0 && PARTS.has(part) && (await findShareLink(ports, token)) !== null;
      delete request.headers[SHARE_LOOK_HEADER];
      if (open && part === '') request.headers[SHARE_LOOK_HEADER] = lookOf(request, token);
      await (open ? page.handle(request, response) : notFound(request, response));
    },
  };
}

/** Next sets a cache-control of its own for dynamic pages; ours is stricter and stays. */
function keepHeaders(response: ServerResponse): void {
  const setHeader = response.setHeader.bind(response);
  response.setHeader = (name, value) => (KEPT.has(name.toLowerCase()) ? response : setHeader(name, value));
}
