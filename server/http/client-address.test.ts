import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { areProxies, clientAddress } from './client-address.ts';

const request = (remoteAddress: string | undefined, forwarded?: string): IncomingMessage => ({ headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }, socket: { remoteAddress } }) as unknown as IncomingMessage;

test.each([
  ['nobody is believed unless named', [], request('10.0.0.1', '203.0.113.7'), '10.0.0.1'],
  ['a proxy is believed', ['10.0.0.0/8'], request('10.0.0.1', '203.0.113.7'), '203.0.113.7'],
  ['a proxy of this machine too', ['loopback'], request('::1', '203.0.113.7'), '203.0.113.7'],
  ['who is no proxy is not', ['10.0.0.0/8'], request('203.0.113.9', '203.0.113.7'), '203.0.113.9'],
  ['what a reader wrote before it is not', ['10.0.0.0/8'], request('10.0.0.1', '198.51.100.1, 203.0.113.7'), '203.0.113.7'],
  ['one proxy behind another', ['10.0.0.0/8'], request('10.0.0.1', '203.0.113.7, 10.0.0.2'), '203.0.113.7'],
  ['nothing forwarded', ['loopback'], request('127.0.0.1'), '127.0.0.1'],
  ['a connection that is gone', ['loopback'], request(undefined, '203.0.113.7'), ''],
])('%s', (_, proxies, asked, address) => expect(clientAddress(proxies)(asked)).toBe(address));

test('what is no network is told apart', () => {
  expect([areProxies(['loopback', '10.0.0.0/8', '::1']), areProxies([]), areProxies(['proxy.example']), areProxies(['10.0.0.0/99'])]).toEqual([true, true, false, false]);
});
