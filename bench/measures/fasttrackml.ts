import type { Bench } from '../bench.ts';
import { generatorCeiling, logBatchLoad } from '../drive/log-batch.ts';
import { perSecond, times } from '../units.ts';

const NAME = 'against `fasttrackml` (from PyPI), both on their defaults, batches of 1,000';

export const fasttrackml: Bench = {
  name: 'fasttrackml', answers: [NAME], needs: ['fasttrackml'], seconds: { quick: 20, full: 75 },
  async measure(lab) {
    const load = { clients: 16, points: 1000, warmMs: lab.quick ? 1000 : 5000, durationMs: lab.quick ? 4000 : 25_000 };
    const lemma = await lab.lemma();
    const ours = await logBatchLoad({ ...load, url: lemma.url });
    await lemma.stop();
    const peer = await lab.fasttrackml();
    const theirs = await logBatchLoad({ ...load, url: peer.url });
    await peer.stop();
    const ceiling = await generatorCeiling({ ...load, warmMs: 500, durationMs: 2000 });
    return [{
      name: NAME, measured: `${times(ours.pointsPerSecond / theirs.pointsPerSecond)}: ${perSecond(ours.pointsPerSecond)}, fasttrackml ${perSecond(theirs.pointsPerSecond)}`,
      kept: ours.pointsPerSecond >= 4 * theirs.pointsPerSecond, note: `16 clients; Lemma on Postgres, fasttrackml on SQLite; the generator's ceiling is ${perSecond(ceiling.pointsPerSecond)}`,
    }];
  },
};
