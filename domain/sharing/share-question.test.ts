import { expect, it } from 'vitest';
import { questionOf, UNNAMED_PROJECT } from './share-question.ts';

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
  const lineage = (title: string, of: 'experiment' | 'project', best: { readonly metric: string } | null) => questionOf({ subject: 'lineage', title, lineage: { of, best } });
  const found = { metric: 'accuracy' };
  expect([lineage('Vision', 'project', null), lineage('Vision', 'project', found)]).toEqual(['What was tried in Vision, and what came of it?', 'What led to the best accuracy in Vision?']);
  expect([lineage(UNNAMED_PROJECT, 'project', null), lineage(UNNAMED_PROJECT, 'project', found)]).toEqual(['What was tried, and what came of it?', 'What led to the best accuracy?']);
  // The best may be another’s, and this one worse.
  expect(lineage('Mixup', 'experiment', found)).toBe('What did Mixup build on, and what came of it?');
});
