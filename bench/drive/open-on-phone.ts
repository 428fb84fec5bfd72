import { setTimeout as pause } from 'node:timers/promises';
import { chromium } from 'playwright-core';

export interface PhoneVisit {
  /** Largest contentful paint, from the tap on. https://www.w3.org/TR/largest-contentful-paint/ */
  readonly largestPaintInMs: number;
  /** Bytes over the wire, headers included. */
  readonly scriptBytes: number;
  readonly allBytes: number;
}

/** A link opened for the first time on a telephone of the middle class: 4 times slower than this machine, 1.6 Mbit/s with 150 ms there and back, as Lighthouse has it. */
export async function openOnPhone({ url, executablePath, times }: { readonly url: string; readonly executablePath: string; readonly times: number }): Promise<readonly PhoneVisit[]> {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'] });
  try {
    const visits: PhoneVisit[] = [];
    for (let visit = 0; visit < times; visit += 1) {
      // A context of its own has an empty cache.
      const context = await browser.newContext({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true });
      const page = await context.newPage();
      const devtools = await context.newCDPSession(page);
      await devtools.send('Network.enable');
      await devtools.send('Network.emulateNetworkConditions', { offline: false, latency: 150, downloadThroughput: 1_638_400 / 8, uploadThroughput: 750_000 / 8 });
      await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
      const kinds = new Map<string, string>();
      const bytes = { script: 0, all: 0 };
      devtools.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type));
      devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
        bytes.all += encodedDataLength;
        if (kinds.get(requestId) === 'Script') bytes.script += encodedDataLength;
      });
      await page.addInitScript(() => {
        new PerformanceObserver((list) => { Object.assign(window, { largest: list.getEntries().at(-1)?.startTime }); }).observe({ type: 'largest-contentful-paint', buffered: true });
      });
      await page.goto(url);
      await pause(2_000);
      visits.push({ largestPaintInMs: Number(await page.evaluate(() => (window as unknown as { largest: number }).largest)), scriptBytes: bytes.script, allBytes: bytes.all });
      await context.close();
    }
    return visits;
  } finally {
    await browser.close();
  }
}
