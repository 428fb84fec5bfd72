import { Client } from 'pg';
import type { Bench } from '../bench.ts';
import { demoExperiment } from '../drive/demo.ts';
import { openHome, type HomeVisit } from '../drive/open-home.ts';
import { loadRuns } from '../load-runs.ts';
import { ms } from '../units.ts';

const NAME = 'the home page: interactive';
/** Of one person, who finds their failures on the page. */
const RUNS = { quick: 3_000, full: 15_000 } as const;

export const homePage: Bench = {
  name: 'home-page', answers: [NAME], needs: ['chromium'], seconds: { quick: 35, full: 60 },
  async measure(lab) {
    const databaseUrl = await (await lab.postgres()).urlOf('home');
    const { url } = await lab.lemma({ DATABASE_URL: databaseUrl, LEMMA_DEMO: '1' });
    await demoExperiment(url);
    const client = new Client({ connectionString: databaseUrl });
    await client.connect();
    await lab.keep(() => client.end());
    const runs = RUNS[lab.quick ? 'quick' : 'full'];
    await loadRuns(client, 'sweeps', runs);
    await client.query(`UPDATE experiments SET owner_id = (SELECT id FROM people ORDER BY created_at LIMIT 1) WHERE project_id = 'prj_sweeps'`);
    // The first one also loads the page into the server; a person's does not often.
    const [first, ...later] = await openHome({ url, executablePath: lab.chromium(), times: lab.quick ? 4 : 9 });
    const slowest = (of: (visit: HomeVisit) => number): number => Math.max(...later.map(of));
    const interactive = slowest(({ interactiveInMs }) => interactiveInMs);
    return [{
      name: NAME, measured: ms(interactive), kept: interactive <= 1500,
      note: `the slowest of ${later.length} with an empty cache, from the address until a key has moved to the first thing that waits; that was drawn after ${ms(slowest(({ shownInMs }) => shownInMs))}; the demo and ${runs.toLocaleString('en-US')} runs of one's own beside it; the first of all took ${ms(first?.interactiveInMs ?? Number.NaN)}`,
    }];
  },
};
