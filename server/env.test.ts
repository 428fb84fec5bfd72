import { describe, expect, it } from 'vitest';
import { EnvProblem, internalUrl, readEnv } from './env.ts';

const given = { NODE_ENV: 'test', DATABASE_URL: 'postgresql://db', NATS_URL: 'nats://n', LEMMA_SECRET: 'x'.repeat(32) } as const;

describe('the configuration', () => {
  it('is local and open on a loopback address', () => {
    expect(readEnv(given)).toMatchObject({ host: '127.0.0.1', port: 3000, auth: 'local', signUp: 'open', publicUrl: 'http://127.0.0.1:3000' });
    expect(readEnv({ ...given, HOST: '::1', PORT: '4000' })).toMatchObject({ auth: 'local', publicUrl: 'http://[::1]:4000' });
  });

  it('requires accounts and invitations on any other address', () => {
    expect(readEnv({ ...given, HOST: '0.0.0.0' })).toMatchObject({ auth: 'required', signUp: 'invited' });
    expect(readEnv({ ...given, LEMMA_AUTH: 'required', LEMMA_SIGN_UP: 'open' })).toMatchObject({ auth: 'required', signUp: 'open' });
  });

  it.each(['0.0.0.0', '192.168.0.2', 'lemma.example', '127.0.0.1.example'])('refuses local mode on %s, and says what to do', (HOST) => {
    expect(() => readEnv({ ...given, HOST, LEMMA_AUTH: 'local' })).toThrow(/LEMMA_AUTH=required/);
  });

  it.each([['PORT', 'many'], ['LEMMA_AUTH', 'none'], ['LEMMA_SIGN_UP', 'yes'], ['LEMMA_SECRET', 'short'], ['LEMMA_PUBLIC_URL', 'example']])('names %s when it is wrong', (name, value) => {
    expect(() => readEnv({ ...given, [name]: value })).toThrow(EnvProblem);
    expect(() => readEnv({ ...given, [name]: value })).toThrow(name);
  });

  it.each([['0.0.0.0', 'http://127.0.0.1:3000'], ['::', 'http://[::1]:3000'], ['192.168.0.2', 'http://192.168.0.2:3000'], ['127.0.0.1', 'http://127.0.0.1:3000']])('bound to %s, reaches itself at %s', (host, url) => {
    expect(internalUrl({ host, port: 3000 })).toBe(url);
  });

  it('treats an empty variable as absent', () => { expect(readEnv({ ...given, PORT: '', LEMMA_AUTH: '' })).toMatchObject({ port: 3000, auth: 'local' }); });
});
