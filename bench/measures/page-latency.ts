import type { Bench, Row } from '../bench.ts';
import { logToDom } from '../drive/log-to-dom.ts';
import { runToDom } from '../drive/run-to-dom.ts';
import { ms, quantile } from '../units.ts';

const NAME = 'log call to browser DOM, 500 subscribers, p95';
const PAGES = [['first page', '/'], ['runs of a project', '/p/sandbox?view=runs']] as const;

export const pageLatency: Bench = {
  name: 'page-latency', answers: [NAME], needs: ['chromium'], seconds: { quick: 20, full: 120 },
  async measure(lab) {
    const lemma = await lab.lemma();
    const delays = await logToDom(lemma.url, lab.chromium(), { points: lab.quick ? 15 : 150 });
    const watched = await logToDom(lemma.url, lab.chromium(), { points: lab.quick ? 15 : 100, others: 500 });
    const rows: Row[] = [
      { name: 'log_metric call to browser DOM, p50', measured: ms(quantile(delays, 0.5)) },
      { name: 'log_metric call to browser DOM, p95', measured: ms(quantile(delays, 0.95)), limit: '200 ms', kept: quantile(delays, 0.95) <= 200 },
      { name: NAME, measured: ms(quantile(watched, 0.95)), kept: quantile(watched, 0.95) <= 200, note: `p50 ${ms(quantile(watched, 0.5))}; every subscriber has a connection of its own, on the same cores` },
    ];
    for (const [page, path] of PAGES) {
      const runs = await runToDom(lemma.url, lab.chromium(), path, lab.quick ? 3 : 25);
      rows.push({ name: `start_run call to a row on the open ${page}, p50`, measured: ms(quantile(runs, 0.5)) });
      rows.push({ name: `start_run call to a row on the open ${page}, p95`, measured: ms(quantile(runs, 0.95)), limit: '1 s', kept: quantile(runs, 0.95) <= 1000 });
    }
    return rows;
  },
};
