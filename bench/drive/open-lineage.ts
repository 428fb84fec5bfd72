import type { Browser, Page } from 'playwright-core';

export interface OpenedLineage {
  readonly page: Page;
  /** From the address until the graph is drawn. */
  readonly drawnInMs: number;
  readonly nodes: number;
}

/** A lineage as somebody finds it who comes with an empty cache. */
export async function openLineage(browser: Browser, address: string): Promise<OpenedLineage> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(address, { waitUntil: 'commit' });
  const drawn = await page.waitForFunction(() => {
    const nodes = Number(document.querySelector<HTMLCanvasElement>('.lin-box canvas')?.dataset['drawn'] ?? 0);
    return nodes > 0 ? { at: performance.now(), nodes } : null;
  }, undefined, { timeout: 60_000, polling: 'raf' });
  const { at, nodes } = (await drawn.jsonValue()) as { at: number; nodes: number };
  return { page, drawnInMs: at, nodes };
}

/** Frames a second while the graph is dragged to and fro for so long. */
export async function framesWhilePanning(page: Page, milliseconds: number): Promise<number> {
  const box = await page.locator('.lin-box').boundingBox();
  if (box === null) throw new Error('There is no graph on the page.');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.evaluate(() => {
    const counted = { frames: 0, running: true };
    Object.assign(window, { counted });
    const count = (): void => { counted.frames += 1; if (counted.running) requestAnimationFrame(count); };
    requestAnimationFrame(count);
  });
  const began = performance.now();
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let step = 0; performance.now() - began < milliseconds; step += 1) await page.mouse.move(x + 300 * Math.sin(step / 20), y + 150 * Math.sin(step / 13));
  await page.mouse.up();
  const frames = await page.evaluate(() => { const { counted } = window as unknown as { counted: { frames: number; running: boolean } }; counted.running = false; return counted.frames; });
  return (frames * 1000) / (performance.now() - began);
}
