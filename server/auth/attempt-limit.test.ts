import { expect, it } from 'vitest';
import { AttemptLimit } from './attempt-limit.ts';

it('stops the attempt after the most allowed, each name on its own, until the window has passed or one succeeds', () => {
  let now = 0;
  const limit = new AttemptLimit({ most: 2, windowMs: 1000, now: () => new Date(now) });
  limit.take('ada');
  limit.take('ada');
  expect(() => limit.take('ada')).toThrow(/Too many attempts/);
  limit.take('bob');
  now = 1001;
  limit.take('ada');
  limit.take('ada');
  limit.forgive('ada');
  limit.take('ada');
});
