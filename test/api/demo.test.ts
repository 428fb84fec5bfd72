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

test('LEMMA_DEMO=1 where accounts are required waits for the first account, says so, and is loaded in its name, once', async () => {
  const closed = await startApi({ LEMMA_AUTH: 'required', LEMMA_SIGN_UP: 'open', LEMMA_DEMO: '1' });
  try {
    expect(closed.logged.map(({ msg }) => msg)).toContainEqual(expect.stringMatching(/^LEMMA_DEMO=1: .*sign up/));
    const asked = () => closed.adapters.prisma.setting.count({ where: { key: 'demo' } });
    expect(await asked()).toBe(0);
    const olga = await closed.signUp('Olga');
    const demo = async () => (await closed.ok<{ viewer: { demo: { state: string; message: string | null } } }>('{ viewer { demo { state message } } }', {}, olga)).viewer.demo;
    expect(await demo()).toMatchObject({ state: 'RUNNING' });
    // As the worker leaves it: who comes later begins nothing anew.
    await closed.adapters.ports.store.transaction(async (tx) => { await tx.settings.put('demo', { state: 'READY', done: 44, total: 44, message: null }); });
    await closed.signUp('Mona');
    expect(await demo()).toMatchObject({ state: 'READY' });
  } finally {
    await closed.stop();
  }
});
