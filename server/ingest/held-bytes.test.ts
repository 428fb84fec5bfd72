import { expect, test } from 'vitest';
import { Refusal } from '../../domain/refusal.ts';
import { HeldBytes } from './held-bytes.ts';

test('work holds its bytes while it lasts, and gives them back when it fails', async () => {
  const held = new HeldBytes(100);
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  const first = held.during(60, () => ended);
  await expect(held.during(50, () => Promise.resolve()), 'there is no room, and nobody waits for it').rejects.toMatchObject({ family: 'rate-limited', code: 'stream/busy' });
  expect(held.isTight).toBe(true);
  end();
  await first;
  await expect(held.during(100, () => Promise.reject(new Refusal('bad-input', 'stream/bad-line', 'No.')))).rejects.toThrow('No.');
  await held.during(100, () => Promise.resolve());
});
