import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';

/** Calls apart by longer than a page waits between two questions, so that none profits from the one before. */
const APART_MS = 700;

/** Milliseconds from making a call until `main` of an open page shows the words that it brings. */
export async function callToDom(page: Page, words: string, call: () => Promise<unknown>): Promise<number> {
  // The page's own clock, started before the call: when the words are first in the document.
  const seen = page.evaluate((wanted) => new Promise<number>((resolve) => {
    const look = new MutationObserver(() => {
      if (!(document.querySelector('main')?.textContent ?? '').includes(wanted)) return;
      look.disconnect();
      resolve(performance.timeOrigin + performance.now());
    });
    look.observe(document.body, { subtree: true, childList: true, characterData: true });
  }), words);
  await pause(50);
  const called = performance.timeOrigin + performance.now();
  const made = call();
  const delay = (await seen) - called;
  await made;
  await pause(APART_MS);
  return delay;
}
