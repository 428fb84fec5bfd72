import { expect, test } from 'vitest';
import { recordOf, type Review } from './record.ts';

const review = (who: string, state: Review['state'], { created = 0, decided }: { readonly created?: number; readonly decided?: number } = {}): Review => ({
  id: `${who} ${state} ${decided ?? created}`, state, body: null, evidenceDigest: null, stale: false, ethics: false, dismissal: null, changesSince: null, requestedBy: null,
  createdAt: `2026-01-01T00:00:0${created}.000Z`, decidedAt: decided === undefined ? null : `2026-01-01T00:00:0${decided}.000Z`, reviewer: { id: who, name: who, initials: who.slice(0, 1) },
});
const ids = (reviews: readonly Review[]) => { const { now, earlier } = recordOf(reviews); return { now: now.map(({ id }) => id), earlier: earlier.map(({ id }) => id) }; };

test('each reviewer’s newest decision stands, what they decided before is the rest of the record, newest first', () => {
  expect(ids([review('grace', 'CHANGES_REQUESTED', { decided: 1 }), review('alan', 'APPROVED', { decided: 2 }), review('grace', 'COMMENTED', { decided: 3 }), review('grace', 'APPROVED', { decided: 4 })]))
    .toEqual({ now: ['alan APPROVED 2', 'grace APPROVED 4'], earlier: ['grace COMMENTED 3', 'grace CHANGES_REQUESTED 1'] });
});

test('a comment does not cover what its author decided', () => {
  expect(ids([review('grace', 'APPROVED', { decided: 1 }), review('grace', 'COMMENTED', { decided: 2 }), review('grace', 'COMMENTED', { decided: 3 })]))
    .toEqual({ now: ['grace APPROVED 1', 'grace COMMENTED 3'], earlier: ['grace COMMENTED 2'] });
});

test('when a decision was given counts, not when it was asked for; who is asked again is waited for', () => {
  expect(ids([review('grace', 'APPROVED', { created: 1, decided: 5 }), review('grace', 'CHANGES_REQUESTED', { created: 2, decided: 3 })])).toEqual({ now: ['grace APPROVED 5'], earlier: ['grace CHANGES_REQUESTED 3'] });
  expect(ids([review('grace', 'APPROVED', { decided: 1 }), review('grace', 'REQUESTED', { created: 2 })])).toEqual({ now: ['grace REQUESTED 2'], earlier: ['grace APPROVED 1'] });
});

test('what was dismissed does not cover what stands again', () => {
  const dismissal = { reason: 'answered', at: '2026-01-01T00:00:09.000Z', by: null };
  const reviews = [review('grace', 'APPROVED', { decided: 1 }), { ...review('grace', 'CHANGES_REQUESTED', { decided: 2 }), dismissal }];
  expect(ids(reviews)).toEqual({ now: ['grace APPROVED 1', 'grace CHANGES_REQUESTED 2'], earlier: [] });
  expect(ids([...reviews, review('grace', 'COMMENTED', { decided: 3 })])).toEqual({ now: ['grace APPROVED 1', 'grace COMMENTED 3'], earlier: ['grace CHANGES_REQUESTED 2'] });
});
