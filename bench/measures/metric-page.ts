import type { Bench } from '../bench.ts';
import { logManyMetrics, type ManyMetrics } from '../drive/many-metrics.ts';
import { openCharts, type ChartsPage } from '../drive/open-charts.ts';
import { ms } from '../units.ts';

const NAME = 'a run page with 1,500 metrics x 100 runs: interactive';
const PIXELS_A_FRAME = 120;

export const metricPage: Bench = {
  name: 'metric-page', answers: [NAME], needs: ['chromium'], seconds: { quick: 20, full: 75 },
  async measure(lab) {
    const size: ManyMetrics = lab.quick ? { runs: 20, metrics: 300, steps: 10 } : { runs: 100, metrics: 1_500, steps: 10 };
    const database = await (await lab.postgres()).urlOf('metrics');
    const lemma = await lab.lemma({ DATABASE_URL: database });
    const key = await logManyMetrics(lemma.url, database, size);
    // The end of one name only.
    const find = String(size.metrics - 1);
    const pages: ChartsPage[] = [];
    // The first one also loads the page into the server; a person's does not often.
    for (let turn = 0; turn < (lab.quick ? 2 : 3); turn += 1) {
      pages.push(await openCharts({ url: `${lemma.url}/e/${key}?tab=charts`, executablePath: lab.chromium(), find, found: `1 of ${size.metrics.toLocaleString('en-US')}`, pixelsAFrame: PIXELS_A_FRAME }));
    }
    const [first, ...later] = pages;
    const worst = (of: (page: ChartsPage) => number): number => Math.max(...later.map(of));
    const [interactive, task] = [worst(({ interactiveInMs }) => interactiveInMs), worst(({ longestTaskInMs }) => longestTaskInMs)];
    const note = `the slowest of ${later.length}, each in a browser with an empty cache: charts in view drawn after ${ms(worst(({ drawnInMs }) => drawnInMs))}, then a name typed and found; the first of all took ${ms(first?.interactiveInMs ?? Number.NaN)}; scrolled to the end at ${PIXELS_A_FRAME} pixels a frame, ${Math.min(...later.map(({ framesASecond }) => framesASecond)).toFixed(0)} frames a second`;
    const smaller = `; a quick run has ${size.metrics} metrics x ${size.runs} runs only`;
    return [{
      name: NAME, measured: `${ms(interactive)}; longest task while scrolling ${task < 50 ? 'under 50 ms' : ms(task)}`,
      ...(lab.quick ? {} : { kept: interactive <= 2000 && task <= 200 }), note: lab.quick ? note + smaller : note,
    }];
  },
};
