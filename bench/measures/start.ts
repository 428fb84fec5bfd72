import type { Bench } from '../bench.ts';
import { seconds } from '../units.ts';

export const start: Bench = {
  name: 'start', answers: [], needs: [], seconds: { quick: 10, full: 15 },
  async measure(lab) {
    const first = await lab.lemma();
    await first.stop();
    const second = await lab.lemma();
    return [
      { name: 'first start to ready (packages installed, pages built)', measured: seconds(first.readyInMs) },
      { name: 'second start to ready', measured: seconds(second.readyInMs), limit: '5 s', kept: second.readyInMs < 5000 },
    ];
  },
};
