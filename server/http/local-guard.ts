import type { IncomingMessage } from 'node:http';
import { Refusal } from '../../domain/refusal.ts';

const LOOPBACK_HOST = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i;
const LOOPBACK_ADDRESS = /^(?:127\.|::1$|::ffff:127\.)/;

/** Whether the caller's socket comes from this machine. */
export const isLoopback = (request: Pick<IncomingMessage, 'socket'>): boolean => LOOPBACK_ADDRESS.test(request.socket.remoteAddress ?? '');

/**
 * Local mode trusts every caller on this machine, so nobody elsewhere may get a browser or a proxy on it to call for them: refuses a Host that is not a loopback name
 * (DNS rebinding), an Origin other than our own (a web page elsewhere), and anything forwarded (a tunnel).
 */
export function guardLocal(request: Pick<IncomingMessage, 'headers' | 'socket'>): void {
  const { host, origin } = request.headers;
  if (!isLoopback(request)) throw refused('local/address', 'In local mode only callers on this machine are served.');
  if (!host || !LOOPBACK_HOST.test(host)) throw refused('local/host', 'In local mode the Host must be a loopback name, such as 127.0.0.1 or localhost.');
  const forwarded = Object.keys(request.headers).find((name) => name === 'forwarded' || name.startsWith('x-forwarded-'));
  if (forwarded) throw refused('local/forwarded', `In local mode nothing may be forwarded, and this request carries ${forwarded}. Set LEMMA_AUTH=required to serve through a proxy.`);
  if (origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`) throw refused('local/origin', `In local mode only Lemma's own pages may call it; this call comes from ${origin.slice(0, 100)}.`);
}

/** Where accounts are required, the cookie must not serve other sites: an Origin that is present is our own. */
export function guardOrigin(request: Pick<IncomingMessage, 'headers'>, publicUrl: string): void {
  if (request.headers.cookie) requireOwnOrigin(request, publicUrl);
}

/** The same for what needs no cookie either. */
export function requireOwnOrigin({ headers: { host, origin } }: Pick<IncomingMessage, 'headers'>, publicUrl: string): void {
  if (origin === undefined) return;
  const ours = new Set([new URL(publicUrl).origin, `http://${host}`, `https://${host}`]);
  if (!ours.has(origin)) throw refused('http/origin', `This call comes from another site (${origin.slice(0, 100)}).`);
}

const refused = (code: Refusal['code'], message: string): Refusal => new Refusal('forbidden', code, message);
