import { expect, test } from 'vitest';
import { experimentDescription, experimentName, requireFewParents, requireLineage } from './experiment.ts';

test('a name is what MLflow would accept, blanks around it left out', () => {
  expect(experimentName('  cutmix / strong ')).toBe('cutmix / strong');
  expect(() => experimentName('   ')).toThrow(expect.objectContaining({ code: 'experiment/name-empty' }));
  expect(() => experimentName('x'.repeat(501))).toThrow(expect.objectContaining({ code: 'experiment/name-too-long' }));
  expect(() => experimentName('a\u0000')).toThrow(expect.objectContaining({ code: 'experiment/name-unprintable' }));
});

test('an empty description is none', () => expect(experimentDescription(' \n')).toBeNull());

test('[EX1] lineage never goes in a circle', () => {
  expect(() => requireLineage('c', new Set(['b', 'a']))).not.toThrow();
  expect(() => requireLineage('a', new Set(['b', 'a']))).toThrow(expect.objectContaining({ code: 'experiment/lineage-cycle' }));
  expect(() => requireLineage('a', new Set(['a']))).toThrow(expect.objectContaining({ code: 'experiment/lineage-cycle' }));
});

test('twenty parents are enough', () => {
  const keys = Array.from({ length: 21 }, (_, index) => `VIS-${index + 1}`);
  expect(() => requireFewParents(keys.slice(1))).not.toThrow();
  expect(() => requireFewParents(keys)).toThrow(expect.objectContaining({ code: 'experiment/parents-too-many' }));
});
