import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type Api } from '../support/api.ts';
import { openLab, type Lab } from '../support/lab.ts';

let api: Api;
let lab: Lab;
beforeAll(async () => { api = await startApi(); lab = await openLab(api); });
afterAll(() => api.stop());

interface Told { readonly projectUpdated: { readonly slug: string } }
const EVERYWHERE = 'subscription { projectUpdated { slug } }';
const MAKE = 'mutation($slug: String!) { createProject(input: { slug: $slug, name: $slug }) { project { slug } } }';

test('who watches all projects hears of one that is made later', async () => {
  const answers = api.subscribe<Told>(EVERYWHERE, {}, lab.vera);
  // The state of now comes first, so that nothing falls between reading and listening.
  expect((await answers.next()).done).toBe(false);
  await api.ok(MAKE, { slug: 'made-later' });
  for (let told = await answers.next(); !told.done && told.value.projectUpdated.slug !== 'made-later';) told = await answers.next();
  await answers.return?.();
});

test('of a project one may not see nothing is told, not even a refusal', async () => {
  const answers = api.subscribe<Told>(EVERYWHERE, {}, lab.eve);
  await answers.next();
  await lab.experiment('behind closed doors');
  await api.ok(MAKE, { slug: 'after-it' });
  const told: string[] = [];
  while (told.at(-1) !== 'after-it') {
    const { value, done } = await answers.next();
    if (done) throw new Error('the subscription ended');
    told.push((value as Told).projectUpdated.slug);
  }
  expect(told).not.toContain(lab.slug);
  await answers.return?.();
});
