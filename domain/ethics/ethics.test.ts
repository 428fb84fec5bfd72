import { describe, expect, test } from 'vitest';
import { dataCard, riskOf, type DataCard } from './data-card.ts';
import { descriptionRefusal, ethicsStanding, sharingRefusal } from './ethics.ts';

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

describe('that data is of less risk', () => {
  const member = { speaksForEthics: false, setsPolicy: false };
  const refusal = (before: DataCard | null, after: DataCard, by = member, from: 'LIMITED' | 'HIGH' | null = 'HIGH') => descriptionRefusal(before, after, by, { ethicsFrom: from })?.code ?? null;
  test('is not for everybody to say, where the gate lifts by it', () => {
    expect(refusal(card({ risk: 'HIGH' }), card())).toBe('data-card/lowered');
    expect(refusal(card({ personalData: true }), card({ personalData: true, consent: 'They signed, I was told.' }))).toBe('data-card/lowered');
    expect(refusal(card({ risk: 'PROHIBITED' }), card(), member, null)).toBe('data-card/lowered');
    expect(refusal(card({ risk: 'HIGH' }), card(), { ...member, speaksForEthics: true })).toBeNull();
    expect(refusal(card({ risk: 'HIGH' }), card(), { ...member, setsPolicy: true })).toBeNull();
  });
  test('may be said where no gate stands, and that it is of more always', () => {
    expect(refusal(null, card())).toBeNull();
    expect(refusal(card({ risk: 'LIMITED' }), card())).toBeNull();
    expect(refusal(card({ risk: 'HIGH' }), card(), member, null)).toBeNull();
    expect(refusal(card(), card({ risk: 'PROHIBITED' }))).toBeNull();
    expect(refusal(card({ risk: 'PROHIBITED' }), card({ risk: 'HIGH' }))).toBeNull();
  });
});
