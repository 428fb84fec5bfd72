import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Bench, Row } from '../bench.ts';
import { HOSTILES } from '../drive/hostile-clients.ts';
import { logBatchLoad, nothingServer } from '../drive/log-batch.ts';
import { track } from '../drive/track.ts';
import { perSecond } from '../units.ts';

const NAME = 'what 8 clients log beside a hostile one, as a share of what they log alone';
/** A hostile client is one more client, and has one's share of two cores; on top of that the noise of a measurement. */
const LEAST_SHARE = 0.75;

export const hostile: Bench = {
  name: 'hostile', answers: [], needs: [], seconds: { quick: 20, full: 120 },
  async measure(lab) {
    const lemma = await lab.lemma();
    const { newExperiment, newRun } = track(lemma.url);
    const experimentId = await newExperiment();
    const load = { url: lemma.url, clients: 8, points: 100, warmMs: 300, durationMs: lab.quick ? 1000 : 6000 };
    const rate = async (): Promise<number> => (await logBatchLoad(load)).pointsPerSecond;
    await rate();
    const nothing = await nothingServer();
    await lab.keep(() => Promise.resolve(nothing.stop()));
    const beside = async (name: string, url: string): Promise<number> => {
      const client = fork(fileURLToPath(new URL('../drive/hostile-program.ts', import.meta.url)), [name, url, await newRun(experimentId)]);
      try {
        return await rate();
      } finally {
        client.kill('SIGKILL');
      }
    };
    const rows: Row[] = [];
    for (const name of Object.keys(HOSTILES)) {
      const before = await rate();
      const during = await beside(name, lemma.url);
      // What the hostile client takes of these cores itself, whoever answers it.
      const elsewhere = await beside(name, nothing.url);
      // Alone before and after: what else the machine does is not the hostile client's doing.
      const alone = (before + (await rate())) / 2;
      rows.push({
        name: NAME, part: name, measured: percent(during, alone), limit: `${100 * LEAST_SHARE} %`, kept: during >= LEAST_SHARE * alone,
        note: `${perSecond(during)} against ${perSecond(alone)}, batches of 100; ${percent(elsewhere, alone)} while the hostile client is at a server that does nothing, on the same cores`,
      });
    }
    return rows;
  },
};

const percent = (part: number, whole: number): string => `${Math.round((100 * part) / whole)} %`;
