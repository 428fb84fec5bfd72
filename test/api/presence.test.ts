import { afterAll, beforeAll, expect, test } from 'vitest';
import { SECRET, startApi, type Api, type As } from '../support/api.ts';
import { openLab, type Lab } from '../support/lab.ts';
import { startReplica, type Replica } from '../support/replica.ts';

let api: Api;
let lab: Lab;
let other: Replica;
beforeAll(async () => {
  api = await startApi({ LEMMA_AUTH: 'required', LEMMA_SIGN_UP: 'open' });
  lab = await openLab(api);
  other = await startReplica(api, SECRET, { LEMMA_AUTH: 'required', LEMMA_SIGN_UP: 'open' });
});
afterAll(async () => { await other.kill(); await api.stop(); });

const HERE = 'subscription($subject: ID!) { hereNow(subject: $subject) { name } }';
type Here = { hereNow: { name: string }[] };

/** Somebody who looks at a thing, on one of the two servers. */
function look(at: Api | Replica, subject: string, as: As) {
  const client = at.socket(as);
  const seen: string[] = [];
  const errors: unknown[] = [];
  const ended = (async () => {
    for await (const { data, errors: refused } of client.iterate<Here>({ query: HERE, variables: { subject } })) {
      if (refused) errors.push(...refused);
      if (data) seen.push(data.hereNow.map(({ name }) => name.split(' ')[0]).join(' '));
    }
  })().catch((error: unknown) => { errors.push(error); });
  return { seen, errors, ended, now: () => seen.at(-1), leave: async () => { await client.dispose(); } };
}

test('who looks at the same thing is seen on every server, and gone when they leave', async () => {
  const { id } = await lab.experiment('looked at');
  const ada = look(api, id, lab.ada);
  await expect.poll(ada.now).toBe('Ada');
  const grace = look(other, id, lab.grace);
  await expect.poll(ada.now).toBe('Ada Grace');
  await expect.poll(grace.now).toBe('Ada Grace');
  const again = look(other, id, lab.ada);
  await expect.poll(again.now).toBe('Ada Grace');
  await again.leave();
  await grace.leave();
  await expect.poll(ada.now).toBe('Ada');
  await ada.leave();
});

test('places are apart', async () => {
  const [one, two] = [await lab.experiment('one place'), await lab.experiment('another place')];
  const [ada, grace] = [look(api, one.id, lab.ada), look(api, two.id, lab.grace)];
  await expect.poll(ada.now).toBe('Ada');
  await expect.poll(grace.now).toBe('Grace');
  expect(ada.seen).toEqual(['Ada']);
  await Promise.all([ada.leave(), grace.leave()]);
});

test('a thing that may not be seen has nobody, in the words for what does not exist', async () => {
  const { id } = await lab.experiment('hidden');
  for (const subject of [id, 'exp_none', '>', '*']) {
    const eve = look(api, subject, lab.eve);
    await eve.ended;
    expect(JSON.stringify(eve.errors)).toContain('presence/unknown-subject');
    await eve.leave();
  }
});

test('it ends when the right is taken away, and the others see that they left', async () => {
  const { id } = await lab.experiment('taken away');
  const [ada, vera] = [look(api, id, lab.ada), look(other, id, lab.vera)];
  await expect.poll(ada.now).toBe('Ada Vera');
  await api.ok('mutation($input: RemoveMemberInput!) { removeMember(input: $input) { project { id } } }', { input: { project: lab.slug, email: lab.vera.email } }, lab.ada);
  await vera.ended;
  await expect.poll(ada.now).toBe('Ada');
  await Promise.all([ada.leave(), vera.leave()]);
});

test('whom a killed server had is forgotten within seconds', async () => {
  const third = await startReplica(api, SECRET, { LEMMA_AUTH: 'required', LEMMA_SIGN_UP: 'open' });
  const { id } = await lab.experiment('killed');
  const [ada, grace] = [look(api, id, lab.ada), look(third, id, lab.grace)];
  await expect.poll(ada.now).toBe('Ada Grace');
  await third.kill();
  await expect.poll(ada.now, { timeout: 20_000 }).toBe('Ada');
  await Promise.all([ada.leave(), grace.leave()]);
});
