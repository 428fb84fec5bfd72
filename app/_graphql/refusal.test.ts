import { expect, it } from 'vitest';
import { CombinedError } from 'urql';
import { beyondTitle, failureOf } from './refusal.ts';

it('reads the domain’s code and sentence out of a refusal', () => {
  const error = new CombinedError({ graphQLErrors: [{ message: 'Nobody approves their own work.', extensions: { code: 'FORBIDDEN', reason: 'review/own-work' } }] });
  expect(failureOf(error)).toEqual({ code: 'FORBIDDEN', reason: 'review/own-work', message: 'Nobody approves their own work.' });
});

it('says of a database that is away what that means for a person', () => {
  const error = new CombinedError({ graphQLErrors: [{ message: 'send it again', extensions: { code: 'TEMPORARILY_UNAVAILABLE', reason: 'server/store-unavailable' } }] });
  expect(failureOf(error)).toMatchObject({ code: 'TEMPORARILY_UNAVAILABLE', message: expect.stringContaining('try again in a moment') as string });
});

it('tells a session that ended from a server that does not answer', () => {
  expect(failureOf(new CombinedError({ networkError: new Error('Unauthorized'), response: { status: 401 } }))?.code).toBe('UNAUTHENTICATED');
  expect(failureOf(new CombinedError({ networkError: new TypeError('Failed to fetch') }))?.code).toBe('OFFLINE');
  expect(failureOf(null)).toBeNull();
});

it('does not say again below a title what the title says', () => {
  const away = failureOf(new CombinedError({ networkError: new TypeError('Failed to fetch') }));
  expect(beyondTitle('The server did not answer.', away?.message ?? '')).toBe('Nothing you typed is lost; try again.');
  expect(beyondTitle('Signed out.', 'Signed out.')).toBe('');
  expect(beyondTitle('The curves could not be read.', 'There is no such metric.')).toBe('There is no such metric.');
});
