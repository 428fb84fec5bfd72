import { ImageResponse } from 'next/og';
import { createElement } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { SharedGist } from '../../../contracts/share-page.ts';
import { drawable } from './drawable.ts';
import { drawShare } from './draw-share.tsx';

const asked: string[] = [];
beforeEach(() => {
  asked.length = 0;
  const { fetch } = globalThis;
  // What the drawing itself is made of is read from an address that holds it.
  vi.spyOn(globalThis, 'fetch').mockImplementation((to, init) => {
    const address = to instanceof Request ? to.url : String(to);
    if (address.startsWith('data:')) return fetch(to, init);
    asked.push(address);
    return Promise.reject(new Error('nothing outside is asked'));
  });
});
afterEach(() => { vi.restoreAllMocks(); });

const verdict = { outcome: 'SUPPORTED', metric: 'val_acc', effect: 0.83, ciLow: 0.48, ciHigh: 1.18, pValue: 0.001, correctedP: 0.001, baselineRuns: 5, treatmentRuns: 5, runsNeeded: null, method: 'paired', explanation: '', treatment: null, guardrails: [], computedAt: '2026-11-22T09:30:00.000Z' } as const;
const finding = { key: 'DIG-1', name: 'Mixup', verdict, approval: { state: 'NONE', by: null, at: null, staleReason: null } } as const;
const gist = (more: Partial<SharedGist> = {}): SharedGist => ({ subject: 'experiment', question: 'Does mixup increase val_acc?', about: null, said: null, hypothesis: { direction: 'INCREASE', minEffect: 0.5 }, findings: [finding], ...more });
const open = { ...verdict, outcome: 'INCONCLUSIVE', ciLow: null, ciHigh: null } as const;

it.each<readonly [string, SharedGist | null]>([
  ['a finding', gist()],
  ['a fall that was hoped for and did not come, of several treatments', gist({ hypothesis: { direction: 'DECREASE', minEffect: 0.05 }, findings: [{ ...finding, verdict: { ...verdict, outcome: 'REFUTED', metric: 'test_nll', effect: -0.1295, ciLow: -0.15, ciHigh: -0.11, treatment: 'lr=1', treatmentsTried: 3 } }] })],
  ['one training', gist({ findings: [{ ...finding, verdict: open }] })],
  ['no verdict', gist({ findings: [{ ...finding, verdict: null }] })],
  ['several findings', gist({ subject: 'hypothesis', findings: [finding, { ...finding, key: null, verdict: { ...verdict, outcome: 'REFUTED', effect: -1, ciLow: -1.5, ciHigh: -0.5 } }, { ...finding, verdict: open }] })],
  ['none of a hypothesis', gist({ subject: 'hypothesis', findings: [] })],
  ['a run', gist({ subject: 'run', hypothesis: null, findings: [] })],
  ['a note', gist({ subject: 'note', about: 'meeting', hypothesis: null, findings: [] })],
  ['words that no letter is there for', gist({ question: '学习率 🚀 α?', findings: [{ ...finding, name: '🚀', key: null, verdict: { ...verdict, metric: '准确率' } }] })],
  ['words without end', gist({ question: 'W'.repeat(4000), findings: [{ ...finding, verdict: { ...verdict, metric: 'M'.repeat(500) } }] })],
  ['nothing', null],
])('draws %s as a PNG of its own size, and asks nobody outside', async (_, shown) => {
  const png = Buffer.from(await drawShare({ shown }));
  expect([png.subarray(1, 4).toString('latin1'), png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual(['PNG', 1200, 630]);
  expect(asked).toEqual([]);
});

it('draws once what is asked for again', async () => {
  const shown = gist({ question: 'Once?' });
  expect(await drawShare({ shown })).toBe(await drawShare({ shown: structuredClone(shown) }));
  expect(await drawShare({ shown })).not.toBe(await drawShare({ shown: { ...shown, question: 'Twice?' } }));
});

it('has every letter that it calls drawable, and no other is asked for outside', async () => {
  const letters = Array.from({ length: 0x3000 }, (_, at) => String.fromCodePoint(at)).filter((letter) => letter.trim() !== '' && drawable(letter, 9) === letter);
  expect(letters.length).toBeGreaterThan(500);
  await new ImageResponse(createElement('div', { style: { display: 'flex', flexWrap: 'wrap' } }, letters.join(' ')), { width: 1200, height: 630 }).arrayBuffer();
  expect(asked).toEqual([]);
  expect(['α', '学', '🚀', '©', 'a🚀', '☹'].map((letter) => drawable(letter, 9))).toEqual([null, null, null, null, null, null]);
  expect(drawable('  Δ loss\n≤ 0.1  ', 40)).toBe('∆ loss ≤ 0.1');
});
