import { setTimeout as pause } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { subscribers } from './subscribers.ts';

const FOLLOWING = 'subscription ($run: ID!) { metricsLogged(run: $run) { cursor series { key steps timestamps values count } } }';

/** Milliseconds from calling log-metric until the run page, open in a real browser, shows the value, while others follow the same run; one figure a point. */
export async function logToDom(url: string, executablePath: string, { points, others = 0 }: { readonly points: number; readonly others?: number }): Promise<readonly number[]> {
  const mlflow = async <Answer>(call: string, body: unknown): Promise<Answer> => {
    const response = await fetch(`${url}/api/2.0/mlflow/${call}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${call} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as Answer;
  };
  const { experiment_id } = await mlflow<{ experiment_id: string }>('experiments/create', { name: `bench-dom-${process.pid}-${Date.now()}` });
  const { run } = await mlflow<{ run: { info: { run_id: string } } }>('runs/create', { experiment_id, run_name: 'to the page', start_time: Date.now() });
  const runId = run.info.run_id;
  const log = (value: number): Promise<unknown> => mlflow('runs/log-metric', { run_id: runId, key: 'probe', value, step: value, timestamp: Date.now() });
  await log(0);
  const followers = others > 0 ? await subscribers(url, others, { queries: [FOLLOWING], variables: { run: runId } }) : null;

  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(`${url}/r/${runId}`);
    const shown = page.locator('figure', { hasText: 'probe' }).first();
    await shown.waitFor({ timeout: 60_000 });
    // When each value was first seen, by its text, in epoch milliseconds.
    await shown.evaluate((figure) => {
      const seen: Record<string, number> = {};
      Object.assign(window, { seen });
      new MutationObserver(() => {
        const text = figure.querySelector('.num')?.textContent ?? '';
        seen[text] ??= performance.timeOrigin + performance.now();
      }).observe(figure, { subtree: true, childList: true, characterData: true });
    });
    const delays: number[] = [];
    for (let value = 1; value <= points; value += 1) {
      const called = performance.timeOrigin + performance.now();
      await log(value);
      const at = await page.waitForFunction((text) => (window as unknown as { seen: Record<string, number> }).seen[text], String(value), { timeout: 10_000, polling: 20 });
      delays.push(Number(await at.jsonValue()) - called);
      await pause(30);
    }
    return delays;
  } finally {
    followers?.kill('SIGKILL');
    await browser.close();
  }
}
