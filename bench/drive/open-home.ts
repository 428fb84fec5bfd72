import { chromium, type Page } from 'playwright-core';

export interface HomeVisit {
  /** From the address until what waits for one is there. */
  readonly shownInMs: number;
  /** From the address until a key has moved to the first of it: one that comes before the page listens does nothing, so it is pressed again. */
  readonly interactiveInMs: number;
}

/** The first page as somebody finds it who comes with an empty cache, so many times. */
export async function openHome({ url, executablePath, times }: { readonly url: string; readonly executablePath: string; readonly times: number }): Promise<readonly HomeVisit[]> {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'] });
  try {
    const visits: HomeVisit[] = [];
    for (let visit = 0; visit < times; visit += 1) {
      // A context of its own has an empty cache.
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      const page = await context.newPage();
      await page.goto(url, { waitUntil: 'commit' });
      const shown = await page.waitForFunction(() => {
        const heads = [...document.querySelectorAll('main h2')].map((head) => head.textContent);
        return heads.includes('Needs you') && heads.includes('Recent verdicts') && document.querySelector('main [data-step]') !== null ? performance.now() : null;
      }, undefined, { timeout: 60_000, polling: 'raf' });
      visits.push({ shownInMs: Number(await shown.jsonValue()), interactiveInMs: await movedByKey(page) });
      await context.close();
    }
    return visits;
  } finally {
    await browser.close();
  }
}

const PATIENCE_IN_MS = 60_000;
const BETWEEN_KEYS_IN_MS = 20;

async function movedByKey(page: Page): Promise<number> {
  const until = performance.now() + PATIENCE_IN_MS;
  while (performance.now() < until) {
    await page.keyboard.press('j');
    const moved = await page.evaluate(() => (document.activeElement?.closest('[data-step]') ? performance.now() : null));
    if (moved !== null) return moved;
    await page.waitForTimeout(BETWEEN_KEYS_IN_MS);
  }
  throw new Error('No key moved to what waits.');
}
