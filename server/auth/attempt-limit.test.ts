import { describe, expect, it } from 'vitest';
import { Refusal } from '../../domain/refusal.ts';
import { AttemptLimit } from './attempt-limit.ts';

let now = 0;
const limit = () => {
  now = 0;
  return new AttemptLimit({ windowMs: 1000, most: 2, mostPerTarget: 5, mostPerAddress: 8, now: () => new Date(now), refusal: () => new Refusal('rate-limited', 'access/too-many-attempts', 'Too many.') });
};
const tries = (attempts: AttemptLimit, count: number, { target = 'ada', address = 'a' } = {}): number => {
  let passed = 0;
  for (let index = 0; index < count; index += 1) {
    try { attempts.take(target, address); passed += 1; } catch (error) { expect(error).toBeInstanceOf(Refusal); }
  }
  return passed;
};

describe('guessing', () => {
  it('is stopped after the most allowed, until the window has passed', () => {
    const attempts = limit();
    expect(tries(attempts, 3)).toBe(2);
    now = 999;
    expect(tries(attempts, 1)).toBe(0);
    now = 1000;
    expect(tries(attempts, 3)).toBe(2);
  });

  it('from one address holds up neither another address nor another target', () => {
    const attempts = limit();
    tries(attempts, 10);
    expect(tries(attempts, 1, { address: 'b' })).toBe(1);
    expect(tries(attempts, 1, { target: 'bob' })).toBe(1);
  });

  it('from many addresses together is held up at the target, and only there', () => {
    const attempts = limit();
    for (const address of ['a', 'b', 'c']) tries(attempts, 2, { address });
    expect(tries(attempts, 1, { address: 'new' })).toBe(0);
    expect(tries(attempts, 1, { target: 'bob', address: 'new' })).toBe(1);
  });

  it('by one address at many targets is held up at the address', () => {
    const attempts = limit();
    for (let index = 0; index < 8; index += 1) expect(tries(attempts, 1, { target: `person ${index}` })).toBe(1);
    expect(tries(attempts, 1, { target: 'one more' })).toBe(0);
    expect(tries(attempts, 1, { target: 'one more', address: 'b' })).toBe(1);
  });

  it('is not prolonged by attempts that were refused', () => {
    const attempts = limit();
    tries(attempts, 2);
    now = 900;
    tries(attempts, 50);
    now = 1001;
    expect(tries(attempts, 1)).toBe(1);
  });
});

it('who got it right starts again, however often they do', () => {
  const attempts = limit();
  for (let index = 0; index < 20; index += 1) {
    expect(tries(attempts, 1)).toBe(1);
    attempts.forgive('ada', 'a');
  }
  tries(attempts, 2);
  attempts.forgive('ada', 'a');
  expect(tries(attempts, 3)).toBe(2);
});

it("one's own right password forgives nobody else's wrong ones", () => {
  const attempts = limit();
  for (const address of ['b', 'c']) tries(attempts, 2, { address });
  for (let index = 0; index < 20; index += 1) {
    tries(attempts, 1);
    attempts.forgive('ada', 'a');
  }
  expect(tries(attempts, 2, { address: 'd' })).toBe(1);
});
