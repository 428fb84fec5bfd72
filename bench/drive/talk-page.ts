import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';

const PATIENTLY = { timeout: 60_000, polling: 'raf' } as const;

/** From going to the address until the words are there and a click into the last thread has opened its editor, by the page's own clock; in a browser window that remembers nothing. */
export async function openDiscussion(browser: Browser, url: string, words: string, watch: (page: Page) => void = () => {}): Promise<{ readonly page: Page; readonly interactiveInMs: number }> {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  watch(page);
  await page.goto(url, { waitUntil: 'commit' });
  const at = await page.waitForFunction((wanted) => {
    const threads = [...document.querySelectorAll('.discussion .thread')];
    if (!(document.querySelector('.discussion')?.textContent ?? '').includes(wanted)) return null;
    const closed = threads.at(-1)?.querySelector<HTMLElement>('.composer-closed');
    closed?.click();
    return threads.at(-1)?.querySelector('.tiptap[contenteditable="true"]') ? performance.now() : null;
  }, words, PATIENTLY);
  return { page, interactiveInMs: Number(await at.jsonValue()) };
}

/** The longest that the page's thread was busy without a break while something was done. */
export async function longestTask(page: Page, act: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    const kept = { longest: 0 };
    Object.assign(window, { kept });
    new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) kept.longest = Math.max(kept.longest, duration); }).observe({ type: 'longtask' });
  });
  await act();
  // What it still does after that counts too.
  await pause(500);
  return page.evaluate(() => (window as unknown as { kept: { longest: number } }).kept.longest);
}

/** From the top of the page to its end, so many pixels a frame. */
export const scrollThrough = (page: Page, pixelsAFrame: number): Promise<void> => page.evaluate((pixels) => new Promise<void>((resolve) => {
  scrollTo({ top: 0, behavior: 'instant' });
  const step = (): void => {
    const before = scrollY;
    scrollBy({ top: pixels, behavior: 'instant' });
    if (scrollY === before) resolve();
    else requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}), pixelsAFrame);

/** Shows so many pages of what was said before in a thread. */
export async function readEarlier(page: Page, thread: string, pages: number): Promise<void> {
  const article = page.locator(`#thread-${thread}`);
  for (let turn = 1; turn <= pages; turn += 1) {
    const shown = await article.locator('.cm').count();
    await article.getByRole('button', { name: 'Show earlier comments' }).click();
    await page.waitForFunction(([id, before]) => document.querySelectorAll(`#thread-${String(id)} .cm`).length > Number(before), [thread, shown] as const, PATIENTLY);
  }
}

export interface Bytes {
  readonly watch: (page: Page) => void;
  readonly counted: () => { readonly bytes: number; readonly requests: number };
}

/** What reaches a page from the server: answers, and what comes over its socket. Watch it before it opens one. */
export function watchBytes(): Bytes {
  let [bytes, requests] = [0, 0];
  return {
    watch: (page) => {
      page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => { bytes += payload.length; }));
      page.on('response', (response) => {
        if (!response.url().endsWith('/graphql')) return;
        requests += 1;
        void response.body().then((body) => { bytes += body.length; }, () => {});
      });
    },
    counted: () => ({ bytes, requests }),
  };
}
