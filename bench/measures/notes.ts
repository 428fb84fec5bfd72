import { setTimeout as pause } from 'node:timers/promises';
import type { Bench, Row } from '../bench.ts';
import { residentBytes } from '../drive/ask.ts';
import { openNote } from '../drive/open-note.ts';
import { newNote, noteWriter } from '../drive/note-writer.ts';
import { ms, quantile } from '../units.ts';

const ARRIVES = '50 people in one note: an edit to everybody else, p95';
const OPENS = 'opening a note of 2,000 blocks';
const MEMORY = 'memory of the server per connection, and its growth';
const PEOPLE = 50;
const BLOCKS = 2_000;

export const notes: Bench = {
  name: 'notes', answers: [ARRIVES, OPENS, MEMORY], needs: ['chromium'], seconds: { quick: 35, full: 80 },
  async measure(lab) {
    const { url } = await lab.lemma();
    // The first notes of a server bring its code into memory.
    await writing(url, { people: 10, forMs: 3_000 });
    const half = await writing(url, { people: PEOPLE / 2, forMs: lab.quick ? 4_000 : 15_000 });
    const all = await writing(url, { people: PEOPLE, forMs: lab.quick ? 4_000 : 15_000 });
    const kib = ({ bytesAPerson }: Written): string => `${Math.round(bytesAPerson / 1024)} KiB`;
    return [
      { name: ARRIVES, measured: ms(quantile(all.arrivals, 0.95)), kept: quantile(all.arrivals, 0.95) <= 300, note: `p50 ${ms(quantile(all.arrivals, 0.5))}; with half the people p95 ${ms(quantile(half.arrivals, 0.95))}; each writes a paragraph a second, all on the same cores` },
      { name: `50 people in one note: an edit to "saved", p95`, measured: ms(quantile(all.saves, 0.95)) },
      { name: MEMORY, part: 'of a person in a note', measured: kib(all), note: `${kib(half)} with half the people` },
      await opening(url, lab.chromium(), lab.quick ? 3 : 8),
    ];
  },
};

interface Written { readonly arrivals: readonly number[]; readonly saves: readonly number[]; readonly bytesAPerson: number }

/** So many people write a paragraph a second into one note, none at the same moment as the next. */
async function writing(url: string, { people, forMs }: { readonly people: number; readonly forMs: number }): Promise<Written> {
  const note = await newNote(url);
  const before = await residentBytes(url);
  const arrivals: number[] = [];
  const writers = await Promise.all(Array.from({ length: people }, () => noteWriter(url, note, (delayMs) => { arrivals.push(delayMs); })));
  await pause(1000);
  const after = await residentBytes(url);
  const until = performance.now() + forMs;
  await Promise.all(writers.map(async ({ write }, at) => {
    await pause((at * 1000) / people);
    while (performance.now() < until) { write(); await pause(1000); }
  }));
  await pause(1000);
  for (const { close } of writers) close();
  return { arrivals, saves: writers.flatMap(({ saves }) => saves), bytesAPerson: Math.max(0, after - before) / people };
}

async function opening(url: string, executablePath: string, times: number): Promise<Row> {
  const note = await newNote(url);
  const author = await noteWriter(url, note, () => {});
  const last = `This is block ${BLOCKS}.`;
  author.write(Array.from({ length: BLOCKS }, (_, at) => (at === BLOCKS - 1 ? last : `Block ${at + 1} says that seed ${at % 7} reached ${(0.8 + (at % 100) / 1000).toFixed(3)} after ${at} steps, and that the interval holds the bar.`)));
  while (!author.saved()) await pause(20);
  author.close();
  const [first = Number.NaN, ...later] = await openNote({ url: `${url}/n/${note}`, executablePath, last, times });
  const slowest = Math.max(...later);
  return { name: OPENS, measured: ms(slowest), kept: slowest <= 1000, note: `the slowest of ${later.length}, from the address to the text with its last block and "Saved" over it; the first of a new browser and server took ${ms(first)}` };
}
