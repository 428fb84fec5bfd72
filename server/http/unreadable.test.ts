import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answerUnreadable } from './unreadable.ts';

beforeEach(() => { vi.useFakeTimers({ toFake: ['setTimeout'] }); });
afterEach(() => { vi.useRealTimers(); });

const broken = (code: string): NodeJS.ErrnoException => Object.assign(new Error('no request'), { code });

test('what is no request is answered in words, a moment later', () => {
  const socket = new PassThrough();
  answerUnreadable(broken('HPE_INVALID_METHOD'), socket);
  expect(socket.read()).toBeNull();
  vi.advanceTimersByTime(50);
  expect(String(socket.read())).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n.*"http\/unreadable"/s);
});

test('who is gone by then, or was reset, is let go', () => {
  const [gone, reset] = [new PassThrough(), new PassThrough()];
  answerUnreadable(broken('HPE_INVALID_METHOD'), gone);
  gone.end();
  vi.advanceTimersByTime(50);
  answerUnreadable(broken('ECONNRESET'), reset);
  expect([gone.destroyed, reset.destroyed]).toEqual([true, true]);
});
