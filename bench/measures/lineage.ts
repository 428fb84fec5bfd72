import { Client } from 'pg';
import { chromium } from 'playwright-core';
import type { Bench } from '../bench.ts';
import { framesWhilePanning, openLineage } from '../drive/open-lineage.ts';
import { LINEAGE, LINEAGE_NODES, loadLineage } from '../load-lineage.ts';
import { ms } from '../units.ts';

const NAME = 'lineage of 10,000 nodes: first drawn; panning';
const [DRAWN_MS, FRAMES] = [1_000, 55];

export const lineage: Bench = {
  name: 'lineage', answers: [NAME], needs: ['chromium'], seconds: { quick: 15, full: 30 },
  async measure(lab) {
    const database = await (await lab.postgres()).urlOf('lineage');
    const { url } = await lab.lemma({ DATABASE_URL: database });
    const client = new Client({ connectionString: database });
    await client.connect();
    await lab.keep(() => client.end());
    await loadLineage(client, 'sandbox');
    const browser = await chromium.launch({ executablePath: lab.chromium(), args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'] });
    await lab.keep(() => browser.close());
    const address = `${url}/p/sandbox/lineage?runs=each`;
    // The first one also brings the page into the server; a person's does not often.
    const first = await openLineage(browser, address);
    await first.page.context().close();
    const openings: number[] = [];
    for (let turn = 0; turn < (lab.quick ? 2 : 5); turn += 1) {
      const opened = await openLineage(browser, address);
      openings.push(opened.drawnInMs);
      await opened.page.context().close();
    }
    const { page, nodes } = await openLineage(browser, address);
    await page.waitForTimeout(300);
    const frames = await framesWhilePanning(page, lab.quick ? 2_000 : 5_000);
    const slowest = Math.max(...openings);
    return [
      { name: NAME, part: 'first drawn', measured: ms(slowest), kept: slowest <= DRAWN_MS, note: `${nodes.toLocaleString('en-US')} nodes of ${LINEAGE.experiments} experiments, each run by itself; from the address to the drawn graph, the slowest of ${openings.length}, each with an empty cache; the first of all took ${ms(first.drawnInMs)}` },
      { name: NAME, part: 'panning', measured: `${Math.round(frames)} frames a second`, kept: frames >= FRAMES, note: `${LINEAGE_NODES.toLocaleString('en-US')} were loaded; dragged to and fro, without a graphics card` },
    ];
  },
};
