import { expect, test } from 'vitest';
import { KnownSession } from './known-session.ts';

test('a session is believed for as long as it was said, and no longer than it is asked to be forgotten', () => {
  const known = new KnownSession(5_000);
  expect(known.personAt(0)).toBeNull();
  known.learn('ada', 1_000);
  expect([known.personAt(1_000), known.personAt(5_999), known.personAt(6_000)]).toEqual(['ada', 'ada', null]);
  known.learn('ada', 6_000);
  known.forget();
  expect(known.personAt(6_001)).toBeNull();
  expect([known.mayBeOf('ada'), known.mayBeOf('ben'), new KnownSession(1).mayBeOf('ben')]).toEqual([true, false, true]);
});
