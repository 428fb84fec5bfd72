import { expect, test } from 'vitest';
import type { DataCard } from '../../domain/ethics/data-card.ts';
import type { Transaction } from '../ports/store.ts';
import { ethicsOf, fitToLeave } from './require-ethics.ts';

const faces: DataCard = { kind: 'DATASET', name: 'faces', licence: null, personalData: true, consent: null, risk: 'MINIMAL', note: null };

/** A project in which every third experiment read faces, and every sixth was approved by somebody who speaks for ethics. */
function fakeTransaction(asked: string[]): Transaction {
  const ask = <Answer>(what: string, answer: Answer): Promise<Answer> => { asked.push(what); return Promise.resolve(answer); };
  const every = (ids: readonly string[], n: number): readonly string[] => ids.filter((_, place) => place % n === 0);
  return {
    projects: { get: (id: string) => ask('project', { id, policyPreset: 'STANDARD' }) },
    reviews: {
      cards: () => ask('cards', [faces]),
      cardsUsed: (ids: readonly string[]) => ask('used', every(ids, 3).map((experimentId) => ({ experimentId, kind: 'DATASET', name: 'faces' }))),
      policy: () => ask('policy', { ethicsFrom: 'HIGH', material: [] }),
      ethicsApprovals: (ids: readonly string[]) => ask('approvals', every(ids, 6).map((experimentId) => ({ experimentId, evidenceDigest: 'now' }))),
      snapshots: () => ask('snapshots', []),
    },
  } as unknown as Transaction;
}

const experiments = (n: number) => Array.from({ length: n }, (_, place) => ({ id: `exp_${place}`, projectId: 'prj_1', evidenceDigest: 'now' }));

test('many experiments are judged in as many questions as one', async () => {
  const [one, many]: [string[], string[]] = [[], []];
  await ethicsOf(fakeTransaction(one), experiments(1));
  await ethicsOf(fakeTransaction(many), experiments(40));
  expect(many).toEqual(one);
  expect(new Set(many).size).toBe(many.length);
});

test('each is judged by its own data and its own approval', async () => {
  const fit = await fitToLeave(fakeTransaction([]), experiments(7));
  expect(fit.map(({ id }) => id)).toEqual(['exp_0', 'exp_1', 'exp_2', 'exp_4', 'exp_5', 'exp_6']);
});
