import { expect, it } from 'vitest';
import { questionOf } from './share-question.ts';

const asked = (change: string | null) => questionOf({ subject: 'hypothesis', title: 'Mixup', hypothesis: { change, direction: 'INCREASE', metric: 'accuracy' } });

it('asks the stakeholder’s question, or keeps the writer’s words', () => {
  expect(asked('mixing pairs of digits.')).toBe('Does mixing pairs of digits increase accuracy?');
  expect(asked(null)).toBe('Mixup');
});

it('asks of a run what it measured, of a comparison what differs, and calls a note by its title', () => {
  expect(questionOf({ subject: 'run', run: { name: 'bold-heron' } })).toBe('What did bold-heron measure?');
  expect(questionOf({ subject: 'run', run: { name: 'A run' } })).toBe('What did one run measure?');
  expect(questionOf({ subject: 'comparison', title: 'Mixup', comparison: { runs: ['a', 'b'] } })).toBe('What differs between 2 runs of Mixup?');
  expect(questionOf({ subject: 'note', title: 'Report' })).toBe('Report');
  expect([null, { metric: 'accuracy' }].map((best) => questionOf({ subject: 'lineage', title: 'Vision', lineage: { best } }))).toEqual(['What came of what in Vision?', 'What led to the best accuracy in Vision?']);
});
