import { beforeEach, describe, expect, it } from 'vitest';
import type { ConsoleBounds } from '../../domain/console/console-cut.ts';
import type { ConsoleLine, ConsoleNews, ConsoleStore, NumberedLine } from '../../operations/ports/console-store.ts';

export interface ConsoleStoreUnderTest {
  readonly store: ConsoleStore;
  readonly published: readonly { readonly runId: string; readonly news: ConsoleNews }[];
}

let runs = 0;
const newRun = (): string => (runs += 1).toString(16).padStart(32, '0');
const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

const line = (sequence: number, text = `line ${sequence}`, more: Partial<ConsoleLine> = {}): ConsoleLine => ({ stream: 'stdout', source: '', sequence, time: 1_700_000_000_000 + sequence, text, ...more });
const lines = (from: number, to: number): ConsoleLine[] => upTo(to - from).map((at) => line(from + at));

async function whole(store: ConsoleStore, runId: string, page = 7): Promise<NumberedLine[]> {
  const all: NumberedLine[] = [];
  for (;;) {
    const read = await store.read(runId, (all.at(-1)?.number ?? 0) + 1, page);
    all.push(...read);
    if (read.length < page) return all;
  }
}
const sequences = async (store: ConsoleStore, runId: string): Promise<number[]> => (await whole(store, runId)).map(({ sequence }) => sequence);

/** What every ConsoleStore must keep, as numbered rules. */
export function consoleStoreContract(name: string, open: (bounds?: ConsoleBounds) => ConsoleStoreUnderTest): void {
  describe(`ConsoleStore: ${name}`, () => {
    let store: ConsoleStore;
    let published: ConsoleStoreUnderTest['published'];
    let runId: string;
    beforeEach(() => {
      ({ store, published } = open());
      runId = newRun();
    });

    it('C1 gives back what was appended, numbered from 1 in the order it came', async () => {
      const batch = [line(0, 'Epoch 1'), line(0, 'a warning', { stream: 'stderr' }), line(5, '\u001B[32mdone\u001B[0m é 漢 🙂'), line(6, '')];
      expect(await store.append(runId, batch)).toMatchObject({ added: 4, state: { lineCount: 4, cut: null } });
      expect(await whole(store, runId)).toEqual(batch.map((each, at) => ({ ...each, number: at + 1 })));
      expect(await store.read(runId, 3, 1)).toEqual([{ ...batch[2], number: 3 }]);
      expect(await store.read(runId, 5, 10)).toEqual([]);
      expect(await store.read(newRun(), 1, 10)).toEqual([]);
    });

    it('C2 keeps a batch that is sent again, whole, re-split or overlapping, once', async () => {
      await store.append(runId, lines(0, 10));
      for (const again of [lines(0, 10), lines(3, 6), lines(0, 1), lines(9, 10)]) expect((await store.append(runId, again)).added).toBe(0);
      expect((await store.append(runId, lines(5, 15))).added).toBe(5);
      expect((await store.append(runId, [line(15), line(15, 'the same number is the same line')])).added).toBe(1);
      expect(await sequences(store, runId)).toEqual(upTo(16));
      expect((await store.state(runId)).lineCount).toBe(16);
    });

    it('C3 takes batches that come out of order, each line once', async () => {
      for (const batch of [lines(20, 30), lines(0, 10), lines(15, 25), lines(10, 15), lines(0, 30)]) await store.append(runId, batch);
      expect((await sequences(store, runId)).toSorted((a, b) => a - b)).toEqual(upTo(30));
    });

    it('C4 tells streams and sources apart', async () => {
      const of = (more: Partial<ConsoleLine>) => lines(0, 3).map((each) => ({ ...each, ...more }));
      for (const more of [{}, { stream: 'stderr' as const }, { source: 'rank 1' }, { source: 'rank 1', stream: 'stderr' as const }]) expect((await store.append(runId, of(more))).added).toBe(3);
      expect((await store.append(runId, of({ source: 'rank 1' }))).added).toBe(0);
      expect(await store.feeds(runId)).toEqual([
        { source: '', stream: 'stdout', lastSequence: 2 }, { source: '', stream: 'stderr', lastSequence: 2 },
        { source: 'rank 1', stream: 'stdout', lastSequence: 2 }, { source: 'rank 1', stream: 'stderr', lastSequence: 2 },
      ]);
    });

    it('C5 numbers the lines of writers at the same time without gaps, each writer\'s in its order', async () => {
      await Promise.all(upTo(5).map(async (rank) => { for (const at of upTo(10)) await store.append(runId, lines(at * 3, at * 3 + 3).map((each) => ({ ...each, source: `rank ${rank}` }))); }));
      const all = await whole(store, runId, 1_000);
      expect(all.map(({ number }) => number)).toEqual(upTo(150).map((at) => at + 1));
      for (const rank of upTo(5)) expect(all.filter(({ source }) => source === `rank ${rank}`).map(({ sequence }) => sequence)).toEqual(upTo(30));
    });

    it('C6 publishes what is new, with the number of lines before it', async () => {
      await store.append(runId, lines(0, 3));
      await store.append(runId, lines(0, 3));
      await store.append(runId, lines(2, 4));
      expect(published.filter((each) => each.runId === runId).map(({ news }) => [news.before, news.lines.map(({ sequence }) => sequence)])).toEqual([[0, [0, 1, 2]], [3, [3]]]);
    });

    it('C7 finds lines by their text as a reader sees it, whatever the case', async () => {
      await store.append(runId, [line(0, 'Epoch 1: loss 0.5'), line(1, '\u001B[31mlo\u001B[1mss\u001B[0m is NaN'), line(2, ' 10%|#   |\r100%|####|'), line(3, 'done')]);
      expect(await store.search(runId, { text: 'LOSS', most: 10 })).toEqual({ numbers: [1, 2], complete: true });
      expect(await store.search(runId, { text: '0', most: 1 })).toEqual({ numbers: [1], complete: false });
      expect(await store.search(runId, { text: ' 10%', most: 10 })).toEqual({ numbers: [], complete: true });
      expect(await store.search(runId, { text: '[31m', most: 10 })).toEqual({ numbers: [], complete: true });
    });

    it('C8 lets the middle of a console that is too long go, says which lines, and knows them when they are sent again', async () => {
      const bounded = open({ bytes: 300_000, head: 100_000 });
      const long = (from: number, to: number) => upTo(to - from).map((at) => line(from + at, `${from + at} ${'x'.repeat(1_000)}`));
      for (let at = 0; at < 1_000; at += 50) await bounded.store.append(runId, long(at, at + 50));
      const state = await bounded.store.state(runId);
      const kept = await whole(bounded.store, runId);
      const { from, to } = state.cut ?? { from: 0, to: 0 };
      expect(state.lineCount).toBe(1_000);
      expect(state.bytes).toBeLessThanOrEqual(300_000);
      expect(from).toBeGreaterThan(1);
      expect(to).toBeLessThan(1_000);
      expect(kept.map(({ number }) => number)).toEqual(upTo(1_000).map((at) => at + 1).filter((number) => number < from || number > to));
      for (let at = 0; at < 1_000; at += 250) expect((await bounded.store.append(runId, long(at, at + 250))).added).toBe(0);
      expect(await bounded.store.state(runId)).toEqual(state);
    });

    it('C9 bounds a line, cuts it with a mark, and keeps the last state of a progress bar that is longer', async () => {
      const bar = upTo(1_000).map((at) => `${at} of 1000 ${'#'.repeat(20)}`).join('\r');
      await store.append(runId, [line(0, 'y'.repeat(20_000)), line(1, bar), line(2, 'with a break\n'), line(3, 'two\nlines'), line(4, 'half \uD83D of a pair, and \0')]);
      const [long, progress, ended, broken, half] = (await whole(store, runId)).map(({ text }) => text);
      expect(long).toBe(`${'y'.repeat(16_384)} … [3616 more characters were cut]`);
      expect(progress).toBe(`999 of 1000 ${'#'.repeat(20)}`);
      expect([ended, broken, half]).toEqual(['with a break', 'two lines', 'half \uFFFD of a pair, and \0']);
    });

    it.each([
      ['a negative number', line(-1), 'console/bad-sequence'],
      ['half a number', line(0.5), 'console/bad-sequence'],
      ['a number past 2^53', line(2 ** 53), 'console/bad-sequence'],
      ['a time that is none', line(0, '', { time: NaN }), 'console/bad-time'],
      ['an endless source', line(0, '', { source: 's'.repeat(101) }), 'console/source-too-long'],
    ])('C10 refuses %s, and keeps nothing of its batch', async (_, bad, code) => {
      await expect(store.append(runId, [line(1), bad])).rejects.toMatchObject({ code });
      expect((await store.state(runId)).lineCount).toBe(0);
    });

    it('C11 forgets a run that is deleted', async () => {
      const other = newRun();
      await Promise.all([runId, other].map((each) => store.append(each, lines(0, 3))));
      await store.delete([runId]);
      expect([await store.state(runId), await whole(store, runId), await store.feeds(runId)]).toEqual([{ lineCount: 0, bytes: 0, cut: null }, [], []]);
      expect((await store.append(runId, lines(0, 2))).added).toBe(2);
      expect(await sequences(store, other)).toEqual(upTo(3));
    });

    it('C12 takes numbers as far apart as they may be, and a batch over all of them', async () => {
      const far = [line(0), line(2 ** 53 - 1, 'the last there can be', { time: 0 })];
      expect((await store.append(runId, far)).added).toBe(2);
      expect((await store.append(runId, [...far, line(1_000_000)])).added).toBe(1);
      expect(await sequences(store, runId)).toEqual([0, 2 ** 53 - 1, 1_000_000]);
    });
  });
}
