import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ShareLink } from '../../operations/ports/share-links.ts';
import type { Ports } from '../../operations/ports/ports.ts';
import { clientAddress } from '../http/client-address.ts';
import { shareGate } from './share-gate.ts';

const now = new Date('2026-11-22T10:00:00Z');
const link = (more: Partial<ShareLink>): ShareLink => ({ id: 'shl_1', projectId: 'prj_1', subjectId: 'exp_1', subjectKind: 'experiment', comparedRuns: [], tokenHash: '', ending: '', passwordHash: null, redact: [], expiresAt: new Date('2026-11-23T00:00:00Z'), revokedAt: null, createdById: 'per_1', createdAt: now, maxViews: null, viewCount: 0, recipients: [], watermark: false, frozen: null, frozenDigest: null, frozenExperiments: [], guestsMayComment: false, ...more });
const OPEN = 'o'.repeat(43);
const links = new Map([[`digest of ${OPEN}`, link({})], [`digest of ${'r'.repeat(43)}`, link({ revokedAt: now })], [`digest of ${'e'.repeat(43)}`, link({ expiresAt: now })]]);

const ports = {
  store: { transaction: (work: (tx: unknown) => unknown) => work({
    shareLinks: { byTokenHash: (hash: string) => Promise.resolve(links.get(hash) ?? null) },
    experiments: { many: (ids: string[]) => Promise.resolve(ids.map((id) => ({ id, projectId: 'prj_1', hypothesisId: 'hyp_1', deletedAt: null }))) },
    reviews: { cards: () => Promise.resolve([]) },
    people: { get: (id: string) => Promise.resolve({ id, organizationId: 'org_1', organizationRole: 'MEMBER', disabledAt: null }) },
    projects: { get: (id: string) => Promise.resolve({ id, organizationId: 'org_1', openRole: 'VIEWER' }), rolesOf: () => Promise.resolve(new Map()) },
  }) },
  clock: { now: () => now },
  secrets: { digest: (secret: string) => `digest of ${secret}` },
} as unknown as Ports;

const answer = (status: number, body: string) => (_: IncomingMessage, response: ServerResponse) => {
  response.statusCode = status;
  response.setHeader('Cache-Control', 'private, max-age=60');
  response.end(body);
  return Promise.resolve();
};
const told: unknown[] = [];
const page = (request: IncomingMessage, response: ServerResponse) => { told.push(request.headers['x-share-look']); return answer(200, 'page')(request, response); };
const gate = shareGate({ ports, addressOf: clientAddress([]) }, { page: { handle: page }, notFound: answer(404, 'not found') });
const server = createServer((request, response) => { void gate.handle(request, response); });
let url = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => { server.close(resolve); }));

test('an open link reaches its page, told to no cache, no referrer and no search engine', async () => {
  const response = await fetch(`${url}/s/${OPEN}?utm=1`);
  expect([response.status, await response.text()]).toEqual([200, 'page']);
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(response.headers.get('referrer-policy')).toBe('no-referrer');
  expect(response.headers.get('x-robots-tag')).toBe('noindex, nofollow');
});

test('its picture is behind the same gate', async () => {
  const response = await fetch(`${url}/s/${OPEN}/picture.png`);
  expect([response.status, response.headers.get('cache-control'), response.headers.get('referrer-policy')]).toEqual([200, 'no-store', 'no-referrer']);
});

test('revoked, expired, unknown and malformed links are a real 404', async () => {
  for (const path of [`/s/${'r'.repeat(43)}`, `/s/${'e'.repeat(43)}`, `/s/${'u'.repeat(43)}`, '/s/short', '/s/', '/s', `/s/${OPEN}/more`, `/s/${OPEN}/picture.png/more`, `/s/${'r'.repeat(43)}/picture.png`, `/s/${'e'.repeat(43)}/picture.png`]) {
    const response = await fetch(url + path);
    expect([path, response.status, await response.text()]).toEqual([path, 404, 'not found']);
  }
});

test('whose look it is the gate alone says: to read what is new, an address must have had the page', async () => {
  const NEVER = 'n'.repeat(43);
  links.set(`digest of ${NEVER}`, link({}));
  told.length = 0;
  const rsc = { rsc: '1', 'x-share-look': 'again' };
  for (const headers of [rsc, rsc, {}, { 'x-share-look': 'again' }, { 'user-agent': 'Slackbot 1.0' }]) await fetch(`${url}/s/${NEVER}`, { headers });
  expect(told).toEqual(['view', 'again', 'view', 'view', 'preview']);
});

test('it stands before share pages only', () => expect(['/s', '/s/x', '/search', '/'].map((path) => gate.opens(path))).toEqual([true, true, false, false]));
