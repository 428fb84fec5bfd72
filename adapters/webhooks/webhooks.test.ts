import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { guardedAddress } from './guarded-address.ts';
import { httpWebhookPost, signatureOf } from './http-webhook-post.ts';

test('the signature is the one of the specification’s example', () => {
  const body = '{"test": 2432232314}';
  expect(signatureOf('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', atSeconds: 1_614_265_330, body })).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});

test('metadata services and, for strangers, this machine are not posted to', async () => {
  for (const host of ['169.254.169.254', '[fe80::1]', '0.0.0.0', '[::]', '[::ffff:169.254.169.254]', '224.0.0.1', '[fd00:ec2::254]', '[::ffff:a9fe:a9fe]', '[ff02::1]', '255.255.255.255']) await expect(guardedAddress(host, { thisMachine: true }), host).rejects.toThrow('does not post to');
  for (const host of ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '127.9.9.9']) await expect(guardedAddress(host, { thisMachine: false }), host).rejects.toThrow('does not post to');
  expect(await guardedAddress('10.1.2.3', { thisMachine: false })).toEqual({ address: '10.1.2.3', family: 4 });
  await expect(guardedAddress('no.such.host.invalid', { thisMachine: true })).rejects.toThrow('there is no host no.such.host.invalid');
});

const heard: { readonly path: string; readonly headers: NodeJS.Dict<string | string[]>; readonly body: string }[] = [];
const receiver = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => { body += chunk.toString(); });
  request.on('end', () => {
    heard.push({ path: request.url ?? '', headers: request.headers, body });
    response.writeHead(request.url === '/moved' ? 302 : request.url === '/broken' ? 500 : 204, request.url === '/moved' ? { location: '/ok' } : {}).end();
  });
});
beforeAll(() => new Promise<void>((resolve) => { receiver.listen(0, '127.0.0.1', resolve); }));
afterAll(() => { receiver.close(); });
const at = (path: string): string => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}${path}`;
const post = (path: string, secret: string | null) => httpWebhookPost({ thisMachine: true }).post({ id: 'dlv_1', url: at(path), secret, body: '{"a":"ä"}', at: new Date(1_700_000_000_500) });

test('a posting arrives with its id, its time and its signature', async () => {
  await post('/ok', 'whsec_AAAA');
  expect(heard.at(-1)).toMatchObject({ path: '/ok', body: '{"a":"ä"}', headers: { 'webhook-id': 'dlv_1', 'webhook-timestamp': '1700000000', 'webhook-signature': signatureOf('whsec_AAAA', { id: 'dlv_1', atSeconds: 1_700_000_000, body: '{"a":"ä"}' }) } });
  await post('/ok', null);
  expect(heard.at(-1)?.headers['webhook-signature']).toBeUndefined();
});

test('a refusal, a redirect and a receiver that is away are problems in a sentence', async () => {
  await expect(post('/broken', null)).rejects.toThrow('the receiver answered 500');
  const before = heard.length;
  await expect(post('/moved', null)).rejects.toThrow('the receiver answered 302');
  expect(heard.slice(before).map(({ path }) => path)).toEqual(['/moved']);
  await expect(httpWebhookPost({ thisMachine: true }).post({ id: 'x', url: 'http://127.0.0.1:9/', secret: null, body: '{}', at: new Date(0) })).rejects.toThrow('could not be reached (ECONNREFUSED)');
});
