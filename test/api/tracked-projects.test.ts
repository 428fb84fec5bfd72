import { afterAll, beforeAll, expect, test } from 'vitest';
import { trackExperiment } from '../../operations/experiments/track-experiment.ts';
import type { Store } from '../../operations/ports/store.ts';
import { startApi, type Api } from '../support/api.ts';
import { trackedExperiment } from '../support/tracked-run.ts';

let api: Api;
beforeAll(async () => { api = await startApi(); });
afterAll(() => api.stop());

test('trainings that start at once in a project which is not there yet share the one that the first of them makes', async () => {
  const made = await Promise.all(Array.from({ length: 12 }, (_, n) => trackedExperiment(api, null, `at-once/training ${n}`)));
  expect(new Set(made).size).toBe(12);
  expect(await api.adapters.prisma.project.count({ where: { slug: 'at-once' } })).toBe(1);
});

test('a project that appears between the look for it and its making is used, not refused', async () => {
  await trackedExperiment(api, null, 'just-made/first');
  const { store, clock, ids } = api.adapters.ports;
  let looks = 0;
  /** The first look comes a moment too early to see what the line above committed. */
  const early: Store = { transaction: (work) => store.transaction((tx) => work({ ...tx, projects: { ...tx.projects, bySlug: async (slug) => ((looks += 1) === 1 ? null : tx.projects.bySlug(slug)) } })) };
  const owner = await api.adapters.prisma.person.findFirstOrThrow({ where: { organizationRole: 'OWNER' } });
  const viewer = { personId: owner.id, organizationId: owner.organizationId, organizationRole: 'OWNER', roles: new Map(), signedIn: true } as const;
  await trackExperiment({ store: early, clock, ids }, viewer, { name: 'just-made/second', tags: new Map(), artifactLocation: null });
  expect(await api.adapters.prisma.experiment.findMany({ where: { project: { slug: 'just-made' } }, select: { name: true }, orderBy: { number: 'asc' } })).toEqual([{ name: 'first' }, { name: 'second' }]);
});
