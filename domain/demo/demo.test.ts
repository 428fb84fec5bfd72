import { expect, test } from 'vitest';
import { demoFrom, failed, finished, NO_DEMO, progressed, started } from './demo.ts';

test('a demo starts once, and again only after it failed', () => {
  const running = started(NO_DEMO);
  expect(() => started(running)).toThrow(expect.objectContaining({ code: 'demo/running' }));
  expect(() => started(finished(running))).toThrow(expect.objectContaining({ code: 'demo/loaded' }));
  expect(started(failed(running, 'stopped')).state).toBe('RUNNING');
});

test('progress survives being stored, and nonsense reads as absent', () => {
  const demo = progressed(3, 44, 'mixup 0.2, seed 1');
  expect(demoFrom(JSON.parse(JSON.stringify(demo)))).toEqual(demo);
  expect(demoFrom({ state: 'EXPLODED' })).toEqual(NO_DEMO);
  expect(demoFrom(null)).toEqual(NO_DEMO);
});
