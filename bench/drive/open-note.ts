import { chromium } from 'playwright-core';

/** Milliseconds from going to a note's address until its text is there to its last block and may be written in; one figure a visit of one browser. */
export async function openNote({ url, executablePath, last, times }: { readonly url: string; readonly executablePath: string; readonly last: string; readonly times: number }): Promise<readonly number[]> {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const visits: number[] = [];
    for (let visit = 0; visit < times; visit += 1) {
      await page.goto('about:blank');
      await page.goto(url, { waitUntil: 'commit' });
      const ready = await page.waitForFunction((words) => {
        const text = document.querySelector('.note-text [contenteditable="true"], .note-text[contenteditable="true"]');
        const written = text?.textContent?.includes(words) === true && document.querySelector('.note-standing')?.textContent === 'Saved';
        return written ? performance.now() : null;
      }, last, { timeout: 60_000, polling: 'raf' });
      visits.push(Number(await ready.jsonValue()));
    }
    return visits;
  } finally {
    await browser.close();
  }
}
