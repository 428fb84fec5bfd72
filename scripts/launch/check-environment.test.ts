import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { partingWords, refuseBadEnvironment } from './check-environment.ts';

const brought = { databaseUrl: null, natsUrl: null };

test.each([
  ['nothing set', {}],
  ['everything set, some of it to nothing', { LEMMA_AUTH: 'required', LEMMA_SIGN_UP: 'open', LEMMA_PUBLIC_URL: 'https://lemma.example', LEMMA_SECRET: '', ARTIFACT_URL: 'file:/tmp/artifacts', SMTP_URL: '' }],
])('%s is taken', async (_, env) => {
  await expect(refuseBadEnvironment({ env, ...brought })).resolves.toBeUndefined();
});

test.each([
  ['ARTIFACT_URL', 'ftp://bucket', /^ARTIFACT_URL must name a folder or a bucket, .* Nothing was started\.$/],
  ['LEMMA_AUTH', 'none', /^LEMMA_AUTH must be local or required; it is "none"\. Nothing was started\.$/],
  ['LEMMA_SIGN_UP', 'maybe', /^LEMMA_SIGN_UP must be open or invited; it is "maybe"\. /],
  ['LEMMA_METRIC_PARTITION_GIB', 'large', /^LEMMA_METRIC_PARTITION_GIB must be a number of GiB, such as 16\. /],
  ['LEMMA_PUBLIC_URL', 'lemma', /^LEMMA_PUBLIC_URL must be an address such as /],
  ['LEMMA_SECRET', 'short', /^LEMMA_SECRET must have at least 32 characters\. /],
])('%s=%s is refused in words alone', async (name, value, words) => {
  await expect(refuseBadEnvironment({ env: { [name]: value }, ...brought })).rejects.toThrow(words);
  await expect(refuseBadEnvironment({ env: { [name]: value }, ...brought })).rejects.not.toThrow(/\n|node_modules|"short"/);
});

test('a door that ended with a plain sentence is quoted with it alone; a trace is for its log', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lemma-words-'));
  const said = (text: string) => { writeFileSync(join(folder, 'server.log'), text); return partingWords(join(folder, 'server.log')); };
  try {
    expect(said('{"level":30,"msg":"listening"}\n{"level":60,"msg":"The artifact folder /x cannot be written: EACCES"}\n')).toBe('The artifact folder /x cannot be written: EACCES');
    expect(said('{"level":60,"err":{"stack":"at x"},"msg":"the server could not start"}\n')).toBeNull();
    expect(said('{"level":30,"msg":"listening"}\n')).toBeNull();
    expect(said('node: out of memory\n')).toBeNull();
    expect(said('')).toBeNull();
    expect(partingWords(join(folder, 'no.log'))).toBeNull();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
