import { setTimeout as pause } from 'node:timers/promises';
import type { Bench } from '../bench.ts';
import { frameCeiling, streamFrames } from '../drive/fast-door.ts';
import { passThrough } from '../drive/pass-through.ts';
import { track } from '../drive/track.ts';
import { perSecond, quantile } from '../units.ts';

const NAME = 'the fast door, 8 streams';
const STREAMS = 8;
const LEAST = 1_000_000;
/** Memory is flat when its median in the last third is at most so much above that in the middle third; in the first one it still grows to its working size. */
const MOST_GROWTH = 1.1;

/** Resident memory of a Lemma's server in MiB, second by second until told to stop. */
async function memoryOf(url: string, stop: AbortSignal): Promise<readonly number[]> {
  const seen: number[] = [];
  while (!stop.aborted) {
    const text = await (await fetch(`${url}/metrics`)).text();
    seen.push(Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1]) / 2 ** 20);
    await pause(1000, undefined, { signal: stop }).catch(() => {});
  }
  return seen;
}

const third = (values: readonly number[], which: 1 | 2): number => quantile(values.slice(Math.floor((which * values.length) / 3), Math.ceil(((which + 1) * values.length) / 3)), 0.5);

export const fastDoor: Bench = {
  name: 'fast-door', answers: [NAME], needs: [], seconds: { quick: 20, full: 95 },
  async measure(lab) {
    const durationMs = lab.quick ? 4000 : 60_000;
    const lemma = await lab.lemma();
    const { newExperiment, newRun } = track(lemma.url);
    const experimentId = await newExperiment();
    const runs = await Promise.all(Array.from({ length: STREAMS }, () => newRun(experimentId)));
    const over = new AbortController();
    const watching = memoryOf(lemma.url, over.signal);
    const began = performance.now();
    const receipts = await Promise.all(runs.map((run, seed) => streamFrames(`${lemma.url}/api/v1/runs/${run}/metrics?stream=bench&first=1`, seed, began + durationMs)));
    const rate = (receipts.reduce((sum, { added }) => sum + added, 0) * 1000) / (performance.now() - began);
    over.abort();
    const memory = await watching;
    await lemma.stop();
    const [middle, end] = [third(memory, 1), third(memory, 2)];
    const ceiling = await frameCeiling(STREAMS, lab.quick ? 1000 : 2000);
    const postgres = await lab.postgres();
    const passed = await passThrough(await postgres.urlOf('passed'), STREAMS, lab.quick ? 2000 : 15_000);
    return [{
      name: NAME, measured: `${perSecond(rate)} for ${Math.round(durationMs / 1000)} s; memory of the server ${Math.round(middle)} MiB, then ${Math.round(end)} MiB`,
      kept: rate >= LEAST && end <= MOST_GROWTH * middle,
      note: `${Math.round((100 * rate) / passed)} % of a pass-through (${perSecond(passed)}); the generator alone does ${perSecond(ceiling)}`,
    }];
  },
};
