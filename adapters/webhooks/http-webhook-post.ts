import { createHmac } from 'node:crypto';
import { request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import manifest from '../../package.json' with { type: 'json' };
import type { WebhookPost } from '../../operations/ports/notifications.ts';
import { guardedAddress } from './guarded-address.ts';

const PATIENCE_MS = 10_000;

/** The signature of Standard Webhooks: HMAC-SHA256 of "id.timestamp.body" with the bytes behind whsec_. https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
export function signatureOf(secret: string, { id, atSeconds, body }: { readonly id: string; readonly atSeconds: number; readonly body: string }): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${atSeconds}.${body}`).digest('base64')}`;
}

/** Posts over http or https. Redirects are not followed, and what the receiver answers is not kept: the log of deliveries must not show what lives behind an address. */
export function httpWebhookPost({ thisMachine }: { readonly thisMachine: boolean }): WebhookPost {
  return {
    async post({ id, url: given, secret, body, at }) {
      const url = new URL(given);
      const { address, family } = await guardedAddress(url.hostname, { thisMachine });
      const atSeconds = Math.floor(at.getTime() / 1000);
      const headers = {
        'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)), 'user-agent': `lemma/${manifest.version}`,
        'webhook-id': id, 'webhook-timestamp': String(atSeconds), ...(secret === null ? {} : { 'webhook-signature': signatureOf(secret, { id, atSeconds, body }) }),
      };
      const status = await send(url, { method: 'POST', headers, lookup: (_host, options, answer) => { if (options.all) answer(null, [{ address, family }]); else answer(null, address, family); } }, body);
      if (status < 200 || status > 299) throw new Error(`the receiver answered ${status}`);
    },
  };
}

function send(url: URL, options: RequestOptions, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, { ...options, signal, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on('error', (error) => reject(new Error(signal.aborted ? `the receiver did not answer within ${PATIENCE_MS / 1000} s` : `the receiver could not be reached (${(error as NodeJS.ErrnoException).code ?? 'error'})`)));
    request.end(body);
  });
}
