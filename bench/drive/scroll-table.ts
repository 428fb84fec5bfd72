import { chromium } from 'playwright-core';

/** Frames a second while a table of runs is scrolled by `pixels` a frame, as `requestAnimationFrame` counts them. */
export async function scrollTable(url: string, executablePath: string, plan: { readonly path: string; readonly pixels: number; readonly frames: number }): Promise<number> {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(url + plan.path);
    await page.getByRole('row').nth(20).waitFor({ timeout: 60_000 });
    return await page.getByRole('grid').evaluate((grid, { pixels, frames }) => new Promise<number>((resolve) => {
      const box = grid.parentElement;
      if (!box) throw new Error('the table has no box');
      let began = 0;
      let count = -1;
      const step = (now: number): void => {
        // The first frame only starts the clock.
        count += 1;
        if (count === 0) began = now;
        if (count === frames) { resolve((frames * 1000) / (now - began)); return; }
        box.scrollTop += pixels;
        requestAnimationFrame(step);
      };
      requestAnimationFrame(step);
    }), { pixels: plan.pixels, frames: plan.frames });
  } finally {
    await browser.close();
  }
}
