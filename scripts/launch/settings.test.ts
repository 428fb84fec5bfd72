import { expect, test } from 'vitest';
import { readSettings } from './settings.ts';

test('nothing set means a loopback address, port 3000 and .lemma in the clone', () => {
  expect(readSettings({}, '/srv/lemma')).toMatchObject({ host: '127.0.0.1', port: 3000, dataFolder: '/srv/lemma/.lemma', databaseUrl: null, natsUrl: null, dev: false, pages: true, durable: true });
});

test('an empty variable counts as not set, as in a compose file', () => {
  expect(readSettings({ PORT: '', HOST: '', DATABASE_URL: '', NATS_URL: '', LEMMA_DATA: '' }, '/srv/lemma')).toEqual({ ...readSettings({}, '/srv/lemma'), env: expect.anything() as unknown });
});

test('a port that is none is refused by name', () => {
  for (const port of ['http', '70000', '-1', '3.5']) expect(() => readSettings({ PORT: port }), port).toThrow(/PORT must be a number from 0 to 65535/);
});
