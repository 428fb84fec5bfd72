import { expect, it } from 'vitest';
import { mayStartDemo } from './demo-offer.tsx';

const demo = (state: 'ABSENT' | 'RUNNING' | 'READY' | 'FAILED') => ({ state, done: 0, total: 0, message: null, project: null });

it('lets who may make projects start the demo while it is absent or stopped, also when other runs are there; nobody else, and never twice', () => {
  const allowed = { createProject: true };
  expect((['ABSENT', 'FAILED', 'RUNNING', 'READY'] as const).map((state) => mayStartDemo({ demo: demo(state), viewerCan: allowed }))).toEqual([true, true, false, false]);
  expect(mayStartDemo({ demo: demo('ABSENT'), viewerCan: { createProject: false } })).toBe(false);
});
