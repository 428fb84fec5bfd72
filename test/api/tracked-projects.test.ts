import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type Api } from '../support/api.ts';
import { trackedExperiment } from '../support/tracked-run.ts';

let api: Api;
beforeAll(async () => { api = await startApi(); });
afterAll(() => api.stop());

test('trainings that start at once in a project which is not there yet share the one that the first of them makes', async () => {
  for (let round = 0; round < 5; round += 1) {
    const made = await Promise.all(Array.from({ length: 12 }, (_, n) => trackedExperiment(api, null, `new-project-${round}/training ${n}`)));
    expect(new Set(made).size).toBe(12);
  }
  expect(await api.adapters.prisma.project.count({ where: { slug: { startsWith: 'new-project-' } } })).toBe(5);
});
