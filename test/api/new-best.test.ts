import { afterAll, beforeAll, expect, test } from 'vitest';
import { analyseExperiment } from '../../operations/analysis/analyse-experiment.ts';
import { spreadHappenings } from '../../operations/notifications/spread-happenings.ts';
import { startApi, type Api } from '../support/api.ts';
import { openLab, type Lab } from '../support/lab.ts';

let api: Api;
let lab: Lab;
beforeAll(async () => {
  api = await startApi();
  lab = await openLab(api);
});
afterAll(() => api.stop());

/** An experiment whose treatment reaches these values, with a supported verdict against the same baseline each time. */
async function supported(name: string, values: readonly number[]): Promise<string> {
  const { id, key } = await lab.experiment(name);
  await lab.runs(id, 'aug=none', [0.5, 0.51, 0.52]);
  await lab.runs(id, `aug=${name}`, [...values]);
  await analyseExperiment(api.adapters.ports, id, 'test');
  const baseline = await api.adapters.prisma.variant.findFirstOrThrow({ where: { experimentId: id, runs: { some: { params: { some: { value: 'aug=none' } } } } } });
  await api.ok('mutation($key: String!, $variant: ID!) { chooseBaseline(input: { experiment: $key, variant: $variant }) { experiment { id } } }', { key, variant: baseline.id }, lab.ada);
  await analyseExperiment(api.adapters.ports, id, 'test');
  while ((await spreadHappenings(api.adapters.ports)) > 0) { /* until none is left */ }
  return key;
}

const bests = async (): Promise<readonly string[]> =>
  (await api.ok<{ viewer: { notifications: { nodes: { kind: string; title: string }[] } } }>('{ viewer { notifications { nodes { kind title } } } }', {}, lab.grace)).viewer.notifications.nodes.filter(({ kind }) => kind === 'NEW_BEST').map(({ title }) => title);

test('everybody who sees the project hears of a new best that passes the noise, and of no other', async () => {
  await supported('first', [0.7, 0.71, 0.72]);
  expect(await bests()).toEqual([]);
  await supported('within the noise', [0.69, 0.72, 0.75]);
  expect(await bests()).toEqual([]);
  const key = await supported('beyond', [0.9, 0.91, 0.92]);
  expect(await bests()).toEqual([`${key} “beyond” is the new best on val_acc, beyond the noise`]);
});
