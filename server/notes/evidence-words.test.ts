import { expect, test } from 'vitest';
import { frozenWords } from './evidence-words.ts';

const at = '2026-11-28T10:00:00.000Z';
const words = (kind: string, content: unknown) => frozenWords({ kind, frozen: { at, digest: 'd', content } });
const experiment = { key: 'DIG-1', name: 'Shifted digits', verdict: null, variants: [] };

test('each kind that is frozen says what the page kept of it', () => {
  expect(words('verdict', { experiment: { ...experiment, verdict: { outcome: 'REFUTED', explanation: 'It fell by 0.05.' } } })).toBe('DIG-1 Shifted digits: refuted. It fell by 0.05. (as of 2026-11-28 10:00 UTC)');
  expect(words('verdict', { experiment })).toBe('DIG-1 Shifted digits: no verdict (as of 2026-11-28 10:00 UTC)');
  expect(words('comparison', { experiment: { ...experiment, variants: [{ label: 'shift=0' }, { label: 'shift=1' }] } })).toBe('DIG-1 Shifted digits: 2 variants compared: shift=0, shift=1 (as of 2026-11-28 10:00 UTC)');
  expect(words('chart', { metric: 'acc', caption: 'Shifted stays below.', lines: [] })).toBe('Learning curves of acc. Shifted stays below. (as of 2026-11-28 10:00 UTC)');
  expect(words('runs', { total: 9, rows: Array.from({ length: 8 }, (_, number) => ({ name: `run ${number}` })) })).toBe('Table of 9 runs: run 0, run 1, run 2, run 3, run 4, run 5 and 2 more (as of 2026-11-28 10:00 UTC)');
});

test.each([[null], [7], [{}], [{ experiment: 7 }], [{ rows: 'x' }], [{ experiment: { verdict: 7, variants: [null] } }]])('what is no page\'s is told by its kind, or by little: %j', (content) => { expect(words('verdict', content)).toMatch(/\(as of 2026-11-28 10:00 UTC\)$/); });
test('what is live is not frozen', () => { expect(frozenWords({ kind: 'verdict', frozen: null })).toBeNull(); });
