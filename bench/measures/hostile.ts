import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Bench, Row } from '../bench.ts';
import { HOSTILES } from '../drive/hostile-clients.ts';
import { logBatchLoad } from '../drive/log-batch.ts';
import { track } from '../drive/track.ts';
import { perSecond, quantile } from '../units.ts';

const NAME = 'what 8 clients log beside a hostile one, as a share of what they log alone';
/** A hostile client is one more client, and has one's share of two cores; on top of that the noise of a measurement. */
const LEAST_SHARE = 0.75;

export const hostile: Bench = {
  name: 'hostile', answers: [], needs: [], seconds: { quick: 20, full: 90 },
  async measure(lab) {
    const lemma = await lab.lemma();
    const { newExperiment, newRun } = track(lemma.url);
    const experimentId = await newExperiment();
    const load = { url: lemma.url, clients: 8, points: 100, warmMs: 300, durationMs: lab.quick ? 1000 : 6000 };
    const rate = async (): Promise<number> => (await logBatchLoad(load)).pointsPerSecond;
    await rate();
    const rows: Row[] = [];
    for (const name of Object.keys(HOSTILES)) {
      const before = await rate();
      const beside = fork(fileURLToPath(new URL('../drive/hostile-program.ts', import.meta.url)), [name, lemma.url, await newRun(experimentId)]);
      const during = await rate();
      beside.kill('SIGKILL');
      // Alone before and after: what else the machine does is not the hostile client's doing.
      const alone = quantile([before, await rate()], 0);
      rows.push({ name: NAME, part: name, measured: `${Math.round((100 * during) / alone)} %`, limit: `${100 * LEAST_SHARE} %`, kept: during >= LEAST_SHARE * alone, note: `${perSecond(during)} against ${perSecond(alone)}, batches of 100` });
    }
    return rows;
  },
};
