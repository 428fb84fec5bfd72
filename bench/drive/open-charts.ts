import { chromium, type Page } from 'playwright-core';

export interface ChartsPage {
  /** From the start of the navigation until all charts in view are drawn. */
  readonly drawnInMs: number;
  /** Until what was typed after that narrowed the charts. */
  readonly interactiveInMs: number;
  /** The longest that the page's thread was busy without a break, while it was scrolled from end to end. */
  readonly longestTaskInMs: number;
  readonly framesASecond: number;
}

const PATIENTLY = { timeout: 60_000, polling: 'raf' } as const;

interface Opening { readonly url: string; readonly executablePath: string; readonly find: string; readonly found: string; readonly pixelsAFrame: number }

/** Opens a page of charts in a new browser, types into its search, and scrolls it to its end. */
export async function openCharts({ url, executablePath, find, found, pixelsAFrame }: Opening): Promise<ChartsPage> {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(url, { waitUntil: 'commit' });
    const drawnInMs = await untilDrawn(page);
    const field = page.getByLabel('Find charts');
    await field.pressSequentially(find);
    const answered = await page.waitForFunction((text) => document.querySelector('[aria-label="Charts"] [role="status"]')?.textContent === text && performance.now(), found, PATIENTLY);
    const interactiveInMs = Number(await answered.jsonValue());
    await field.fill('');
    await page.waitForFunction((text) => document.querySelector('[aria-label="Charts"] [role="status"]')?.textContent !== text, found, PATIENTLY);
    await untilDrawn(page);
    return { drawnInMs, interactiveInMs, ...(await scrolled(page, pixelsAFrame)) };
  } finally {
    await browser.close();
  }
}

/** When the charts in view are drawn, by the page's own clock, which begins with the navigation. A chart that still waits for its lines has an empty plot. */
async function untilDrawn(page: Page): Promise<number> {
  const at = await page.waitForFunction(() => {
    const inView = [...document.querySelectorAll('.pn-slot')].filter((slot) => { const { top, bottom } = slot.getBoundingClientRect(); return bottom > 0 && top < innerHeight; });
    return inView.length > 0 && inView.every((slot) => slot.querySelector('canvas') !== null && slot.querySelector('.lc-none') === null) && performance.now();
  }, undefined, PATIENTLY);
  return Number(await at.jsonValue());
}

const scrolled = (page: Page, pixelsAFrame: number): Promise<Pick<ChartsPage, 'longestTaskInMs' | 'framesASecond'>> => page.evaluate((pixels) => new Promise((resolve) => {
  let longest = 0;
  const observer = new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) longest = Math.max(longest, duration); });
  observer.observe({ type: 'longtask' });
  const began = performance.now();
  let frames = 0;
  const step = (): void => {
    frames += 1;
    const before = scrollY;
    scrollBy({ top: pixels, behavior: 'instant' });
    if (scrollY !== before) { requestAnimationFrame(step); return; }
    // What the last charts still do counts too.
    setTimeout(() => { observer.disconnect(); resolve({ longestTaskInMs: longest, framesASecond: (frames * 1000) / (performance.now() - began - 500) }); }, 500);
  };
  requestAnimationFrame(step);
}), pixelsAFrame);
