import { expect, test } from 'vitest';
import { EnvProblem, readEnv, ROLES } from './env.ts';

const given = { NODE_ENV: 'test', DATABASE_URL: 'postgresql://x', NATS_URL: 'nats://x' } as const;

test('all roles run unless some are named', () => {
  expect(readEnv([], given).roles).toEqual(ROLES);
  expect(readEnv(['upkeep', 'outbox'], given).roles).toEqual(['outbox', 'upkeep']);
});

test('a role that does not exist is named, with those that do', () => {
  expect(() => readEnv(['analysys'], given)).toThrow(EnvProblem);
  expect(() => readEnv(['analysys'], given)).toThrow(/no worker called analysys; there are outbox, analysis/);
});

test('what is missing is named', () => {
  expect(() => readEnv([], { NODE_ENV: 'test', NATS_URL: 'nats://x' })).toThrow(/DATABASE_URL/);
});

test('a partition of metric points is 16 GiB large unless another size is given, in GiB', () => {
  expect(readEnv([], given).metricPartitionBytes).toBe(16 * 2 ** 30);
  expect(readEnv([], { ...given, LEMMA_METRIC_PARTITION_GIB: '' }).metricPartitionBytes).toBe(16 * 2 ** 30);
  expect(readEnv([], { ...given, LEMMA_METRIC_PARTITION_GIB: '0.5' }).metricPartitionBytes).toBe(2 ** 29);
  expect(() => readEnv([], { ...given, LEMMA_METRIC_PARTITION_GIB: '0' })).toThrow(/LEMMA_METRIC_PARTITION_GIB: must be a number of GiB above 0/);
});

test('what was deleted is kept for 30 days unless another number is given, or for ever', () => {
  expect(readEnv([], given).keepDeletedDays).toBe(30);
  expect(readEnv([], { ...given, LEMMA_KEEP_DELETED_DAYS: '0.5' }).keepDeletedDays).toBe(0.5);
  expect(readEnv([], { ...given, LEMMA_KEEP_DELETED_DAYS: 'forever' }).keepDeletedDays).toBeNull();
  for (const wrong of ['0', '-1', 'never']) expect(() => readEnv([], { ...given, LEMMA_KEEP_DELETED_DAYS: wrong })).toThrow(/LEMMA_KEEP_DELETED_DAYS: must be a number of days above 0, such as 30, or forever/);
});
