import { describe, expect, it } from 'vitest';
import { EnvProblem, internalUrl, readEnv } from './env.ts';

const given = { NODE_ENV: 'test', DATABASE_URL: 'postgresql://db', NATS_URL: 'nats://n', LEMMA_SECRET: 'x'.repeat(32) } as const;

describe('the configuration', () => {
  it('is local and open on a loopback address', () => {
    expect(readEnv(given)).toMatchObject({ host: '127.0.0.1', port: 3000, grpcPort: 3001, auth: 'local', signUp: 'open', publicUrl: 'http://127.0.0.1:3000' });
    expect(readEnv({ ...given, HOST: '::1', PORT: '4000' })).toMatchObject({ auth: 'local', publicUrl: 'http://[::1]:4000' });
  });

  it('requires accounts and invitations on any other address', () => {
    expect(readEnv({ ...given, HOST: '0.0.0.0' })).toMatchObject({ auth: 'required', signUp: 'invited' });
    expect(readEnv({ ...given, LEMMA_AUTH: 'required', LEMMA_SIGN_UP: 'open' })).toMatchObject({ auth: 'required', signUp: 'open' });
  });

  it.each(['0.0.0.0', '192.168.0.2', 'lemma.example', '127.0.0.1.example'])('refuses local mode on %s, and says what to do', (HOST) => {
    expect(() => readEnv({ ...given, HOST, LEMMA_AUTH: 'local' })).toThrow(/LEMMA_AUTH=required/);
  });

  it.each([
    ['PORT', 'many', 'PORT must be a number from 0 to 65535.'],
    ['PORT', '70000', 'PORT must be a number from 0 to 65535.'],
    ['GRPC_PORT', 'x', 'GRPC_PORT must be a number from 0 to 65535.'],
    ['LEMMA_AUTH', 'none', 'LEMMA_AUTH must be local or required; it is "none".'],
    ['LEMMA_SIGN_UP', 'yes', 'LEMMA_SIGN_UP must be open or invited; it is "yes".'],
    ['LEMMA_DEMO', 'yes', 'LEMMA_DEMO must be 0 or 1; it is "yes".'],
    ['LEMMA_SECRET', 'short', 'LEMMA_SECRET must have at least 32 characters. Leave it unset and Lemma makes one and keeps it under LEMMA_DATA.'],
    ['LEMMA_PUBLIC_URL', 'example', 'LEMMA_PUBLIC_URL must be an address such as https://lemma.example.'],
    ['LEMMA_PUBLIC_URL', 'lemma.example:3000', 'LEMMA_PUBLIC_URL must be an address such as https://lemma.example.'],
    ['LEMMA_TRUSTED_PROXIES', 'proxy.example', 'LEMMA_TRUSTED_PROXIES must be addresses or networks with commas between them, such as 10.0.0.0/8, or loopback.'],
    ['SMTP_URL', 'mail.example', 'SMTP_URL must be an address such as smtps://user:password@mail.example.'],
    ['DATABASE_URL', 'mysql://db', 'DATABASE_URL must be an address such as postgresql://user:password@host/database.'],
    ['ARTIFACT_URL', 'ftp://bucket/folder', 'ARTIFACT_URL must name a folder or a bucket, such as file:/srv/lemma/artifacts or s3://bucket/folder. Leave it unset to keep them under LEMMA_DATA.'],
  ])('says plainly what is wrong with %s=%s', (name, value, sentence) => {
    expect(() => readEnv({ ...given, [name]: value })).toThrow(new EnvProblem(sentence));
  });

  it.each(['file:/srv/artifacts', 's3://bucket', 'gs://bucket/folder', 'az://container?account=name'])('takes artifacts at %s', (ARTIFACT_URL) => {
    expect(readEnv({ ...given, ARTIFACT_URL, AZURE_STORAGE_ACCOUNT: 'ours' })).toMatchObject({ artifactUrl: ARTIFACT_URL, azureStorage: { AZURE_STORAGE_ACCOUNT: 'ours' } });
  });

  it('believes no proxy unless it is named', () => {
    expect(readEnv(given).trustedProxies).toEqual([]);
    expect(readEnv({ ...given, LEMMA_TRUSTED_PROXIES: 'loopback, 10.0.0.0/8' }).trustedProxies).toEqual(['loopback', '10.0.0.0/8']);
  });

  it('names all that is wrong at once, and what is not set', () => {
    expect(() => readEnv({ NODE_ENV: 'test', LEMMA_SECRET: given.LEMMA_SECRET, LEMMA_AUTH: 'none' })).toThrow(new EnvProblem('DATABASE_URL is not set. NATS_URL is not set. LEMMA_AUTH must be local or required; it is "none".'));
  });

  it.each([['0.0.0.0', 'http://127.0.0.1:3000'], ['::', 'http://[::1]:3000'], ['192.168.0.2', 'http://192.168.0.2:3000'], ['127.0.0.1', 'http://127.0.0.1:3000']])('bound to %s, reaches itself at %s', (host, url) => {
    expect(internalUrl({ host, port: 3000 })).toBe(url);
  });

  it('treats an empty variable as absent', () => { expect(readEnv({ ...given, PORT: '', LEMMA_AUTH: '' })).toMatchObject({ port: 3000, auth: 'local' }); });
});
