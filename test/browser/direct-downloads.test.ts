import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answeringLine, type AnsweringLine } from '../support/answering-line.ts';
import { expectSeen, openBrowser, type Desk, type RealBrowser } from '../support/browser.ts';
import { freshS3, S3_OWNER, type S3Server } from '../support/s3-server.ts';
import { startStack, type Stack } from '../support/stack.ts';

const RUN = 'd1'.repeat(16);
const LOG = Buffer.from(Array.from({ length: 300_000 }, (_, at) => `step ${at}: the loss is small\n`).join(''));

describe.skipIf(process.env['LEMMA_WITHOUT_S3_SERVER'])('where the store may answer for itself', () => {
  let store: S3Server;
  let line: AnsweringLine;
  let stack: Stack;
  let browser: RealBrowser;
  let desk: Desk;
  beforeAll(async () => {
    store = await freshS3(['lemma']);
    line = await answeringLine(store.endpoint);
    [stack, browser] = await Promise.all([startStack({ pages: true, env: {
      AWS_ACCESS_KEY_ID: S3_OWNER.accessKeyId, AWS_SECRET_ACCESS_KEY: S3_OWNER.secretAccessKey,
      ARTIFACT_URL: `s3://lemma/files?region=us-east-1&direct=true&endpoint=${encodeURIComponent(line.endpoint)}`,
    } }), openBrowser()]);
    const made = await fetch(`${stack.url}/api/v1/runs`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ id: RUN, project: 'sandbox', hypothesis: 'It helps', startedAt: new Date().toISOString(), name: 'first', params: {} }) });
    const { artifacts } = await made.json() as { artifacts: string };
    const put = await fetch(`${stack.url}${new URL(artifacts).pathname}/train.log`, { method: 'PUT', body: LOG });
    if (!put.ok) throw new Error(`the file was not taken: ${put.status}`);
    desk = await browser.newDesk(stack.url);
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
    line?.stop();
    await store?.stop();
  });

  const signed = (): number => line.asked('GET').filter((address) => address.includes('X-Amz-Signature=')).length;

  test('a preview is read from here, and what is saved comes from there, under its name', async () => {
    const { page } = desk;
    await page.goto(`/r/${RUN}?tab=artifacts&file=train.log`);
    await expectSeen(page.getByText('step 0: the loss is small'));
    expect(signed()).toBe(0);
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download' }).click()]);
    expect([file.suggestedFilename(), readFileSync(await file.path()).equals(LOG), signed()]).toEqual(['train.log', true, 1]);
    expect(desk.complaints).toEqual([]);
  });
});
