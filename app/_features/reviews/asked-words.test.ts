import { expect, test } from 'vitest';
import { ableOf, askedWords } from './asked-words.ts';

const crew = { id: 't', name: 'Vision crew', members: [{ id: 'ana' }, { id: 'bo' }] };
const ana = { id: 'ana', name: 'Ana Ruiz' };

test('of a team, those are named who were asked, and counted who may not review', () => {
  expect(askedWords([ana], [crew])).toBe('Ana Ruiz asked as Vision crew; 1 of the team may not review here.');
  expect(askedWords([ana, { id: 'bo', name: 'Bo Li' }], [crew])).toBe('Ana Ruiz and Bo Li asked as Vision crew.');
  expect(ableOf(crew, new Set(['ana', 'cy']))).toBe(1);
});

test('people who were asked by name are named', () => {
  expect(askedWords([ana], [])).toBe('Ana Ruiz asked.');
  expect(askedWords([{ id: 'cy', name: 'Cy Ode' }, ana], [crew])).toBe('Cy Ode asked. Ana Ruiz asked as Vision crew; 1 of the team may not review here.');
});
