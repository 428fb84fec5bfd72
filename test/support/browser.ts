import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { expect } from 'vitest';

/** How long something that will happen may take on a busy machine. Nothing is judged by it: a test that fails only fails later. */
export const PATIENCE_IN_MS = 60_000;

/** What one person has before them: a browser of their own, with what its pages complained about. */
export interface Desk {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Errors on the console and exceptions nobody caught, in any page of this person, with the page they came from. */
  readonly complaints: string[];
  /** Live updates that reached pages of this person so far. */
  heard(): number;
}

export interface RealBrowser {
  /** Someone new: no cookies, nothing remembered. */
  newDesk(baseURL: string, options?: BrowserContextOptions): Promise<Desk>;
  close(): Promise<void>;
}

export async function openBrowser(): Promise<RealBrowser> {
  const browser: Browser = await chromium.launch({
    executablePath: process.env['LEMMA_CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  return {
    newDesk: async (baseURL, options = {}) => {
      const context = await browser.newContext({ baseURL, viewport: { width: 1440, height: 900 }, ...options });
      context.setDefaultTimeout(PATIENCE_IN_MS);
      const complaints: string[] = [];
      context.on('console', (message) => {
        if (message.type() === 'error') complaints.push(`${message.page()?.url() ?? '?'}: ${message.text()} (${message.location().url})`);
      });
      context.on('weberror', (error) => complaints.push(`${error.page()?.url() ?? '?'}: ${error.error().message}`));
      const page = await context.newPage();
      let updates = 0;
      page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => { if (String(payload).includes('"type":"next"')) updates += 1; }));
      return { context, page, complaints, heard: () => updates };
    },
    close: () => browser.close(),
  };
}

/** Waits until it is there to be seen, and fails when it does not come. What was seen is not looked for once more: a live page may have moved on. */
export const expectSeen = (locator: Locator): Promise<void> => locator.first().waitFor({ state: 'visible' });

/** Waits until it is not there any more. */
export const expectGone = (locator: Locator): Promise<void> => locator.first().waitFor({ state: 'hidden' });

/** For `expect.poll`: the page is asked again until it says what it should. */
export const PATIENTLY = { timeout: PATIENCE_IN_MS, interval: 200 };

/** Waits until the page listens for changes and has read all it wanted: what is seen after this came as news. */
export async function expectListening({ page, heard }: Desk): Promise<void> {
  await expect.poll(heard, PATIENTLY).toBeGreaterThan(0);
  await page.waitForLoadState('networkidle');
}

/** Leaves a mark that no reload survives: `expectNoReload` then knows that what is seen came to an open page. */
export const markOpenPage = (page: Page): Promise<void> => page.evaluate(() => { document.documentElement.dataset['openSince'] = 'the start'; });

export async function expectNoReload(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.dataset['openSince'])).toBe('the start');
}
