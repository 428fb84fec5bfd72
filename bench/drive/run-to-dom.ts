import { setTimeout as pause } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { callToDom } from './call-to-dom.ts';

/** The end of a run is news too, and is let pass. */
const APART_MS = 700;

/** Milliseconds from calling runs/create, which is what `mlflow.start_run` calls, until the page at `path` shows a row with the run's name; one figure a run. */
export async function runToDom(url: string, executablePath: string, path: string, runs: number): Promise<readonly number[]> {
  const mlflow = async <Answer>(call: string, body: unknown): Promise<Answer> => {
    const response = await fetch(`${url}/api/2.0/mlflow/${call}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${call} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as Answer;
  };
  const { experiment_id } = await mlflow<{ experiment_id: string }>('experiments/create', { name: `bench-rows-${process.pid}-${Date.now()}` });
  const start = async (name: string): Promise<string> => (await mlflow<{ run: { info: { run_id: string } } }>('runs/create', { experiment_id, run_name: name, start_time: Date.now() })).run.info.run_id;
  const end = (run_id: string): Promise<unknown> => mlflow('runs/update', { run_id, status: 'FINISHED', end_time: Date.now() });
  await end(await start('before the page was opened'));

  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(url + path, { waitUntil: 'networkidle' });
    await page.getByRole('main').waitFor({ timeout: 60_000 });
    await pause(1000);
    const delays: number[] = [];
    for (let count = 1; count <= runs; count += 1) {
      const name = `row ${count}, ${experiment_id}.`;
      let run = '';
      delays.push(await callToDom(page, name, async () => { run = await start(name); }));
      await end(run);
      await pause(APART_MS);
    }
    return delays;
  } finally {
    await browser.close();
  }
}
