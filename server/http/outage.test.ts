import { expect, test } from 'vitest';
import { isOutage } from './outage.ts';

const withCode = (code: string): Error => Object.assign(new Error('no'), { code });

test.each(['08006', '53100', '57P01', '57P03', '25006', '58030', 'ECONNREFUSED', 'ECONNRESET', 'ENOSPC', 'P1001', 'P2024'])('%s passes by itself', (code) => {
  expect(isOutage(withCode(code))).toBe(true);
});

test.each(['23505', '22003', '42601', '57014', 'P2002', 'ENOENT', 'E0800'])('%s is the fault of the request or of ours', (code) => {
  expect(isOutage(withCode(code))).toBe(false);
});

test('what a driver wrapped is found, in a cause, in Prisma\'s notes and among several', () => {
  expect(isOutage(new Error('it failed', { cause: withCode('57P01') }))).toBe(true);
  expect(isOutage(Object.assign(new Error('raw query failed'), { code: 'P2010', meta: { driverAdapterError: { cause: { originalCode: '25006', kind: 'postgres' } } } }))).toBe(true);
  expect(isOutage(new AggregateError([withCode('ECONNREFUSED'), withCode('ECONNREFUSED')]))).toBe(true);
  expect(isOutage(new Error('Connection terminated unexpectedly'))).toBe(true);
});

test('what is no error, and one that goes round in a circle, is no outage', () => {
  const circle = new Error('around');
  circle.cause = circle;
  expect([isOutage(circle), isOutage(undefined), isOutage('53100'), isOutage(null)]).toEqual([false, false, false, false]);
});
