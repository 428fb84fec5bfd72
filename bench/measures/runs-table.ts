import { Client } from 'pg';
import type { Bench, Row } from '../bench.ts';
import { ASKS_A_TURN, askRuns } from '../drive/ask-runs.ts';
import { scrollTable } from '../drive/scroll-table.ts';
import { loadRuns, SHAPE } from '../load-runs.ts';
import { ms, quantile } from '../units.ts';

const FILTER = 'filter and sort over 75,000 runs with 150 params and 50 tags each, p95';
const GROWTH = 'growth: points at 1, 10 and 100 million, runs at 750, 7,500 and 75,000';
const SCROLL = '10,000-row table: scroll';
const SIZES = { full: [750, 7_500, 75_000], quick: [10, 100, 1_000] } as const;
const ROWS_SCROLLED = 10_000;
const ROW_PIXELS = 32;
const number = (value: number): string => value.toLocaleString('en-US');

/** Loading 75,000 runs is 15 million rows of params and tags: a quick run takes a 75th, and says so. */
export const runsTable: Bench = {
  name: 'runs-table', answers: [FILTER, SCROLL], needs: ['chromium'], seconds: { quick: 20, full: 205 },
  async measure(lab) {
    const databaseUrl = await (await lab.postgres()).urlOf('runs');
    const lemma = await lab.lemma({ DATABASE_URL: databaseUrl });
    const client = new Client({ connectionString: databaseUrl });
    await client.connect();
    await lab.keep(() => client.end());
    // A smaller size is measured and not judged.
    const judged = (kept: boolean): { readonly kept?: boolean } => (lab.quick ? {} : { kept });
    const sizes = SIZES[lab.quick ? 'quick' : 'full'];
    const asks = ASKS_A_TURN * (lab.quick ? 5 : 30);
    const halves: number[] = [];
    const rows: Row[] = [];
    for (const size of sizes) {
      await loadRuns(client, `bench-${size}`, size);
      // The first turn reads the columns.
      const first = await askRuns(lemma.url, `bench-${size}`, ASKS_A_TURN);
      const times = await askRuns(lemma.url, `bench-${size}`, asks);
      halves.push(quantile(times, 0.5));
      const what = `${number(size)} runs, ${SHAPE.params} params, ${SHAPE.tags} tags and ${SHAPE.metrics} metrics each; ${asks} asks in ${ASKS_A_TURN} forms with bounds that move, each with its count and 50 rows of six columns`;
      if (size === sizes.at(-1)) {
        rows.push({ name: FILTER, measured: ms(quantile(times, 0.95)), ...judged(quantile(times, 0.95) <= 50), note: `${what}; p50 ${ms(quantile(times, 0.5))}` });
        rows.push({ name: 'the first ask for columns nobody asked for before, the slowest of seven', measured: ms(Math.max(...first)), note: `${number(size)} runs` });
      }
    }
    const [least = Number.NaN, most = Number.NaN] = [halves[0], halves.at(-1)];
    const [fewest, largest] = [sizes[0], sizes[2]];
    const logarithmic = Math.log(largest) / Math.log(fewest);
    rows.push({ name: GROWTH, part: 'filter and sort over runs', measured: `${(most / least).toFixed(2)} times from ${number(fewest)} to ${number(largest)} runs`, ...judged(most / least <= logarithmic), note: `p50 ${halves.map(ms).join(', ')}; a logarithm grows ${logarithmic.toFixed(2)} times` });

    const path = `/p/bench-${largest}?view=runs&cols=status,experiment,m:val_acc,m:val_loss,p:lr,p:optimizer,p:model,t:team,started`;
    const frames = lab.quick ? 90 : 600;
    const wheel = await scrollTable(lemma.url, lab.chromium(), { path, pixels: 120, frames });
    const flung = await scrollTable(lemma.url, lab.chromium(), { path, pixels: (Math.min(ROWS_SCROLLED, largest) * ROW_PIXELS) / frames, frames });
    rows.push({ name: SCROLL, measured: `${Math.min(wheel, flung).toFixed(0)} frames a second`, ...judged(Math.min(wheel, flung) >= 55), note: `a table of ${number(largest)} rows; ${wheel.toFixed(1)} at 120 pixels a frame, ${flung.toFixed(1)} over ${number(Math.min(ROWS_SCROLLED, largest))} rows in ${frames} frames` });
    return rows;
  },
};
