import { expect, test } from 'vitest';
import { dataCard, riskOf, type DataCard } from './data-card.ts';
import { ethicsStanding, sharingRefusal } from './ethics.ts';

const card = (more: Partial<DataCard> = {}): DataCard => ({ kind: 'DATASET', name: 'faces', licence: null, personalData: false, consent: null, risk: 'MINIMAL', note: null, ...more });

test('a card is read from what was said, and its absence says the least', () => {
  expect(dataCard({ kind: 'MODEL', name: ' clip ' })).toEqual(card({ kind: 'MODEL', name: 'clip' }));
  expect(() => dataCard({ kind: 'DATASET', name: ' ' })).toThrow(expect.objectContaining({ code: 'data-card/name' }));
});

test.each<[Partial<DataCard>, string]>([
  [{}, 'MINIMAL'], [{ risk: 'LIMITED' }, 'LIMITED'], [{ personalData: true }, 'HIGH'], [{ personalData: true, consent: 'signed' }, 'MINIMAL'], [{ personalData: true, risk: 'PROHIBITED' }, 'PROHIBITED'],
])('%j is of %s risk', (given, risk) => expect(riskOf(card(given))).toBe(risk));

test('the gravest card decides, and the policy says from where somebody must approve', () => {
  expect(ethicsStanding([], { ethicsFrom: 'HIGH' }, false)).toEqual({ risk: null, needed: false, approved: false, reasons: [] });
  expect(ethicsStanding([card(), card({ risk: 'HIGH' })], { ethicsFrom: 'HIGH' }, false)).toMatchObject({ risk: 'HIGH', needed: true, approved: false });
  expect(ethicsStanding([card({ risk: 'LIMITED' })], { ethicsFrom: 'HIGH' }, false)).toMatchObject({ needed: false });
  expect(ethicsStanding([card({ risk: 'HIGH' })], { ethicsFrom: null }, false)).toMatchObject({ needed: false });
});

test('sharing waits for the approval, and what is prohibited is never shared', () => {
  const refusal = (given: Partial<DataCard>, approved: boolean) => sharingRefusal(ethicsStanding([card(given)], { ethicsFrom: 'HIGH' }, approved))?.code ?? null;
  expect(refusal({}, false)).toBeNull();
  expect(refusal({ risk: 'HIGH' }, false)).toBe('share/ethics-review-needed');
  expect(refusal({ risk: 'HIGH' }, true)).toBeNull();
  expect(refusal({ risk: 'PROHIBITED' }, true)).toBe('share/data-prohibited');
});
