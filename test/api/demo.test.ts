import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type Api } from '../support/api.ts';

let api: Api;
beforeAll(async () => { api = await startApi(); });
afterAll(() => api.stop());

test('of many who start the demo in one moment, one does', async () => {
  // Connections are open before, so that nobody waits for one.
  const together = <Data>(query: string) => Promise.all(Array.from({ length: 8 }, () => api.gql<Data>(query)));
  await together('{ viewer { demo { state } } }');
  const answers = await together<{ startDemo: { demo: { state: string } } }>('mutation { startDemo { demo { state } } }');
  const told = answers.map(({ data, errors }) => errors[0]?.extensions.reason ?? data?.startDemo.demo.state);
  expect(told.filter((each) => each === 'RUNNING').length).toBe(1);
  expect(told.filter((each) => each === 'demo/running').length).toBe(7);
});
