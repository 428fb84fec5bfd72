import type { Bench } from '../bench.ts';
import { ask } from '../drive/ask.ts';
import { demoExperiment } from '../drive/demo.ts';
import { openOnPhone } from '../drive/open-on-phone.ts';
import { ms } from '../units.ts';

const NAME = 'a share page on a telephone: largest paint, script';

export const sharePage: Bench = {
  name: 'share-page', answers: [NAME], needs: ['chromium'], seconds: { quick: 45, full: 70 },
  async measure(lab) {
    const { url } = await lab.lemma({ LEMMA_DEMO: '1' });
    const { createShareLink } = await ask<{ createShareLink: { url: string } }>(url, 'mutation ($id: ID!) { createShareLink(input: { subject: $id }) { url } }', { id: await demoExperiment(url) });
    // The first one also loads the page into the server; a stakeholder's does not often.
    const [first, ...visits] = await openOnPhone({ url: createShareLink.url, executablePath: lab.chromium(), times: lab.quick ? 3 : 8 });
    const paint = Math.max(...visits.map(({ largestPaintInMs }) => largestPaintInMs));
    const script = Math.max(...visits.map(({ scriptBytes }) => scriptBytes));
    const kilobytes = (bytes: number): string => `${Math.round(bytes / 1000)} KB`;
    return [{
      name: NAME, measured: `${ms(paint)}; ${kilobytes(script)}`, kept: paint <= 1500 && script <= 200_000,
      note: `the slowest of ${visits.length} with an empty cache, processor slowed down 4 times, 1.6 Mbit/s and 150 ms there and back; all in all ${kilobytes(Math.max(...visits.map(({ allBytes }) => allBytes)))}; the first of all took ${ms(first?.largestPaintInMs ?? Number.NaN)}`,
    }];
  },
};
