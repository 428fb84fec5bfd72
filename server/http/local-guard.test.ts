import { describe, expect, it } from 'vitest';
import { guardLocal, guardOrigin } from './local-guard.ts';

const request = (headers: Record<string, string>, remoteAddress = '127.0.0.1') => ({ headers, socket: { remoteAddress } }) as unknown as Parameters<typeof guardLocal>[0];
const reasonOf = (headers: Record<string, string>, remoteAddress?: string): string | null => {
  try { guardLocal(request(headers, remoteAddress)); return null; } catch (refusal) { return (refusal as { code: string }).code; }
};

describe('the guard of local mode', () => {
  it.each([['127.0.0.1:3000'], ['localhost:3000'], ['LOCALHOST'], ['[::1]:3000'], ['127.9.9.9:80']])('lets a caller on this machine in that names it %s', (host) => {
    expect(reasonOf({ host })).toBeNull();
  });

  it.each([['evil.example'], ['localhost.evil.example'], ['127.0.0.1.nip.io:3000'], ['192.168.0.2:3000'], ['[::2]'], ['localhost:3000@evil'], ['']])('refuses the Host %s', (host) => {
    expect(reasonOf({ host })).toBe('local/host');
  });

  it.each([['http://evil.example'], ['null'], ['http://localhost:3001'], ['https://localhost:3000'], ['http://127.0.0.1:3000']])('refuses the Origin %s on Host localhost:3000', (origin) => {
    expect(reasonOf({ host: 'localhost:3000', origin })).toBe('local/origin');
  });

  it('lets its own pages call', () => {
    expect(reasonOf({ host: 'localhost:3000', origin: 'http://localhost:3000' })).toBeNull();
  });

  it.each([['forwarded'], ['x-forwarded-for'], ['x-forwarded-host'], ['x-forwarded-anything']])('refuses a request that carries %s', (name) => {
    expect(reasonOf({ host: 'localhost', [name]: 'x' })).toBe('local/forwarded');
  });

  it('refuses a caller on another machine, whatever it says', () => {
    expect(reasonOf({ host: 'localhost' }, '10.0.0.7')).toBe('local/address');
  });
});

describe('the guard of the cookie', () => {
  const publicUrl = 'https://lemma.example';
  const reason = (headers: Record<string, string>): string | null => {
    try { guardOrigin(request(headers), publicUrl); return null; } catch (refusal) { return (refusal as { code: string }).code; }
  };
  it('refuses a cookie from the page of another site', () => { expect(reason({ host: 'lemma.example', cookie: 'a=b', origin: 'https://evil.example' })).toBe('http/origin'); });
  it('takes it from its own page', () => { expect(reason({ host: 'internal:3000', cookie: 'a=b', origin: publicUrl })).toBeNull(); });
  it('leaves callers without a cookie to their token', () => { expect(reason({ host: 'lemma.example', origin: 'https://notebook.example' })).toBeNull(); });
});
