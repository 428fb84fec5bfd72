import { describe, expect, test } from 'vitest';
import type { Change } from '../../contracts/messages/change.ts';
import type { ShareLink } from '../../operations/ports/share-links.ts';
import type { ShownThings } from './shown-things.ts';
import { meaningOf } from './watch-share-link.ts';

const link = (more: Partial<ShareLink> = {}) => ({ id: 'shl_1', projectId: 'prj_1', createdById: 'per_1', subjectId: 'exp_1', subjectKind: 'experiment', maxViews: null, frozen: null, guestsMayComment: false, ...more }) as ShareLink;
const things = (shown: readonly string[], { around = [], threads = [] }: { readonly around?: readonly string[]; readonly threads?: readonly string[] } = {}): ShownThings => ({ shown: new Set(shown), around: new Set(around), threads: new Set(threads) });
const change = (noun: Change['noun'], id: string, more: Partial<Change> = {}): Change => ({ noun, id, verb: 'changed', projectId: 'prj_1', experimentId: null, subjectId: null, ...more });
const ofExperiment = (noun: Change['noun'], id: string, experimentId = 'exp_1') => change(noun, id, { experimentId });

describe('what a change is to an open page', () => {
  test('the end of its link may be the end of the page', () => {
    const means = (what: Change) => meaningOf(what, link(), things(['exp_1']));
    expect([change('share-link', 'shl_1'), change('project', 'prj_1'), change('person', 'per_1')].map(means)).toEqual(['end', 'end', 'end']);
    expect([change('share-link', 'shl_2'), change('project', 'prj_2', { projectId: 'prj_2' }), change('person', 'per_2')].map(means)).toEqual([null, null, null]);
    expect(means(change('project', 'prj_1', { verb: 'data-described' }))).toBe('changed');
  });

  test('an experiment’s page hears of its runs and reviews, and of no other experiment', () => {
    const means = (what: Change) => meaningOf(what, link(), things(['exp_1']));
    expect([ofExperiment('run', 'run_1'), ofExperiment('review', 'rev_1'), ofExperiment('experiment', 'exp_1'), ofExperiment('run', 'run_9', 'exp_9')].map(means)).toEqual(['changed', 'changed', 'changed', null]);
  });

  test('a run’s page hears of the run and of what surrounds it, not of its neighbours', () => {
    const means = (what: Change) => meaningOf(what, link({ subjectKind: 'run', subjectId: 'run_1' }), things(['run_1'], { around: ['exp_1'] }));
    expect([ofExperiment('run', 'run_1'), ofExperiment('experiment', 'exp_1'), ofExperiment('run', 'run_2')].map(means)).toEqual(['changed', 'changed', null]);
  });

  test('a hypothesis’ page hears of every experiment of it, and looks when one is added', () => {
    const means = (what: Change) => meaningOf(what, link({ subjectKind: 'hypothesis', subjectId: 'hyp_1' }), things(['hyp_1', 'exp_1', 'exp_2']));
    expect([change('hypothesis', 'hyp_1'), ofExperiment('run', 'run_1', 'exp_2'), ofExperiment('run', 'run_9', 'exp_9'), ...['hypothesis-set', 'created', 'renamed'].map((verb) => change('experiment', 'exp_9', { verb, experimentId: 'exp_9' })), change('experiment', 'exp_9', { verb: 'created', projectId: 'prj_2' })].map(means)).toEqual(['changed', 'changed', null, 'look', 'look', null, null]);
  });

  test('a note’s page hears of the evidence in it', () => {
    const means = (what: Change) => meaningOf(what, link({ subjectKind: 'note', subjectId: 'not_1' }), things(['not_1', 'exp_1'], { around: ['prj_1'] }));
    expect([change('note', 'not_1'), ofExperiment('run', 'run_1'), ofExperiment('run', 'run_9', 'exp_9'), change('note', 'not_2')].map(means)).toEqual(['changed', 'changed', null, null]);
  });

  test('a frozen page, and one whose views are counted, are looked at and not drawn again', () => {
    for (const more of [{ frozen: {} }, { maxViews: 3 }]) expect(meaningOf(ofExperiment('experiment', 'exp_1'), link(more), things(['exp_1']))).toBe('look');
  });

  test('of threads it hears only those that its own guests began', () => {
    const guests = link({ guestsMayComment: true });
    const shown = things(['exp_1'], { threads: ['thr_1'] });
    const said = (id: string, verb = 'replied') => change('thread', id, { verb, subjectId: 'exp_1', experimentId: 'exp_1' });
    expect([said('thr_1'), said('thr_2'), said('thr_3', 'started'), said('thr_4', 'started-outside')].map((what) => meaningOf(what, guests, shown))).toEqual(['changed', null, null, 'look']);
    expect(meaningOf(said('thr_4', 'started-outside'), link(), things(['exp_1']))).toBeNull();
    expect(meaningOf(said('thr_1'), link({ guestsMayComment: true, frozen: {} }), shown)).toBe('changed');
  });
});
