import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { FROM_HERE_HEADER } from '../../contracts/artifact-reading.ts';
import { startApi, type Api, type TestPerson } from '../support/api.ts';
import { freshS3, S3_OWNER, type S3Server } from '../support/s3-server.ts';

interface Answer { readonly status: number; readonly headers: Headers; readonly bytes: Buffer }

/** As a program asks: `fetch` says of itself that it is a page. */
const plainly = (address: string, method: string, headers: Record<string, string>): Promise<Answer> => new Promise((resolve, reject) => {
  request(address, { method, headers }, (answer) => {
    buffer(answer).then((bytes) => { resolve({ status: answer.statusCode ?? 0, headers: new Headers(Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)])), bytes }); }, reject);
  }).once('error', reject).end();
});

const LARGE = randomBytes(8 * 2 ** 20 + 5);

describe.skipIf(process.env['LEMMA_WITHOUT_S3_SERVER'])('where the store may answer for itself', () => {
  let store: S3Server;
  let api: Api;
  let owner: TestPerson;
  let member: TestPerson;
  let folder: string;
  beforeAll(async () => {
    store = await freshS3(['lemma']);
    vi.stubEnv('AWS_ACCESS_KEY_ID', S3_OWNER.accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', S3_OWNER.secretAccessKey);
    api = await startApi({ LEMMA_AUTH: 'required', LEMMA_SIGN_UP: 'open', ARTIFACT_URL: `s3://lemma/files?region=us-east-1&direct=true&endpoint=${encodeURIComponent(store.endpoint)}` });
    owner = await api.signUp('Olga Owner');
    member = await api.signUp('Max Member');
    await api.ok('mutation { createProject(input: { slug: "secret", name: "Secret", restricted: true }) { project { id } } }', {}, owner);
    const post = async (path: string, body: object) => (await api.fetch(`/api/2.0/mlflow/${path}`, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' }, as: owner })).json() as Promise<Record<string, never>>;
    const { experiment_id: experiment } = await post('experiments/create', { name: 'secret/plan' });
    const { run } = await post('runs/create', { experiment_id: experiment }) as unknown as { run: { info: { run_id: string } } };
    folder = `${String(experiment)}/${run.info.run_id}/artifacts`;
    for (const [name, body] of Object.entries({ 'größe "1".bin': LARGE, 'page.html': LARGE, 'drawing.svg': LARGE, 'small.bin': LARGE.subarray(0, 8 * 2 ** 20 - 1) })) {
      const answer = await api.fetch(addressOf(name), { method: 'PUT', body, as: owner });
      if (!answer.ok) throw new Error(`${name} was not taken: ${answer.status}`);
    }
  });
  afterAll(async () => {
    await api?.stop();
    await store?.stop();
    vi.unstubAllEnvs();
  });

  const addressOf = (name: string): string => `/api/2.0/mlflow-artifacts/artifacts/${folder}/${encodeURIComponent(name)}`;
  const ask = (name: string, headers: Record<string, string> = {}, method = 'GET') => plainly(api.url + addressOf(name), method, { ...headers, cookie: owner.cookie });
  const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

  test('a large file is read from the store, as the attachment it would be here, and nobody keeps the address', async () => {
    const answer = await ask('größe "1".bin');
    expect([answer.status, answer.headers.get('cache-control'), answer.headers.get('referrer-policy'), answer.bytes.length]).toEqual([302, 'private, no-store', 'no-referrer', 0]);
    const location = answer.headers.get('location') ?? '';
    expect(location.startsWith(`${store.endpoint}/lemma/files/`)).toBe(true);
    expect(Number(new URL(location).searchParams.get('X-Amz-Expires'))).toBeLessThanOrEqual(300);
    const content = await fetch(location);
    expect(sha256(await content.bytes())).toBe(sha256(LARGE));
    expect([content.headers.get('content-type'), content.headers.get('content-disposition')]).toEqual(['application/octet-stream', `attachment; filename="gr__e _1_.bin"; filename*=UTF-8''gr%C3%B6%C3%9Fe%20%221%22.bin`]);
    const part = await fetch(location, { headers: { range: 'bytes=2-4' } });
    expect([part.status, Buffer.from(await part.bytes()).toString('hex')]).toEqual([206, LARGE.subarray(2, 5).toString('hex')]);
  });

  test.each<[string, string, Record<string, string>, readonly [status: number, bytes: number]]>([
    ['a small file', 'small.bin', {}, [200, 8 * 2 ** 20 - 1]],
    ['a small part of a large one', 'größe "1".bin', { range: 'bytes=0-99' }, [206, 100]],
    ['what a browser could run', 'page.html', {}, [200, LARGE.length]],
    ['a drawing, which a browser could run too', 'drawing.svg', { 'sec-fetch-mode': 'navigate' }, [200, LARGE.length]],
    ['what a page reads itself', 'größe "1".bin', { 'sec-fetch-mode': 'cors' }, [200, LARGE.length]],
    ['a picture in a page', 'größe "1".bin', { 'sec-fetch-mode': 'no-cors' }, [200, LARGE.length]],
    ['what a page reads itself, in a browser that does not say so', 'größe "1".bin', { [FROM_HERE_HEADER]: '1' }, [200, LARGE.length]],
  ])('%s comes from here', async (_, name, headers, expected) => {
    const answer = await ask(name, headers);
    expect([answer.status, answer.bytes.length]).toEqual(expected);
    expect(answer.headers.get('content-security-policy')).toContain('sandbox');
  });

  test('a large part, and what a browser saves, come from the store; what a file is like is told here', async () => {
    for (const headers of [{ range: 'bytes=3-' }, { 'sec-fetch-mode': 'navigate' }]) expect((await ask('größe "1".bin', headers)).status).toBe(302);
    const head = await ask('größe "1".bin', {}, 'HEAD');
    expect([head.status, head.headers.get('content-length'), head.headers.get('etag')]).toEqual([200, String(LARGE.length), `"${sha256(LARGE)}"`]);
    expect((await ask('größe "1".bin', { range: `bytes=${LARGE.length}-` })).status).toBe(416);
  });

  test('who may not read the file gets no address of it, in any form', async () => {
    for (const [cookie, status] of [[member.cookie, 404], ['', 401]] as const) {
      for (const address of [addressOf('größe "1".bin'), addressOf('größe "1".bin').replace('/artifacts/', '/presigned/')]) {
        const answer = await plainly(api.url + address, 'GET', { cookie });
        expect([answer.status, answer.headers.get('location'), answer.bytes.includes('X-Amz')], address).toEqual([status, null, false]);
      }
    }
  });

  test('a client that downloads in parts is told where', async () => {
    const presigned = async (name: string) => api.fetch(addressOf(name).replace('/artifacts/', '/presigned/'), { as: owner });
    const told = await (await presigned('größe "1".bin')).json() as { url: string; headers: object; file_size: number };
    expect([told.headers, told.file_size]).toEqual([{}, LARGE.length]);
    const last = await fetch(told.url, { headers: { range: `bytes=${LARGE.length - 2}-` } });
    expect(Buffer.from(await last.bytes()).toString('hex')).toBe(LARGE.subarray(-2).toString('hex'));
    for (const name of ['page.html', 'absent.bin']) expect(await (await presigned(name)).json(), name).toMatchObject({ error_code: 'NOT_IMPLEMENTED' });
  });

  test('the Python client follows, and takes its token to no other place', async () => {
    const token = await api.token(owner);
    const script = 'import hashlib, sys; from lemma.hub import Hub; print(hashlib.sha256(Hub(sys.argv[1], sys.argv[2]).file(sys.argv[3], 2 ** 30)).hexdigest())';
    const { stdout } = await promisify(execFile)('python3', ['-c', script, api.url, token, addressOf('größe "1".bin')], { cwd: 'clients/python' });
    expect(stdout.trim()).toBe(sha256(LARGE));
  });
});
