import { Client } from 'pg';
import type { Bench } from '../bench.ts';
import { commitOf, loadDuplicates, paramsOf } from '../load-duplicates.ts';
import { ms, quantile } from '../units.ts';

const NAME = 'the duplicate check before a run starts, 100,000 runs in the project, p95';
const LIMIT_MS = 50;
const RUNS = { full: 100_000, quick: 2_000 } as const;
const PROJECT = 'again';

interface Answer { readonly exact: readonly unknown[]; readonly repeats: readonly unknown[]; readonly near: readonly unknown[] }

/** What one starts most: the same again, another seed, a setting beside one that ran, and one that nobody ran. */
const CHANGES: readonly ((params: Readonly<Record<string, string>>) => Readonly<Record<string, string>>)[] = [
  (params) => params,
  (params) => ({ ...params, seed: '99' }),
  (params) => ({ ...params, lr: String(Number(params['lr']) * 1.004) }),
  (params) => ({ ...params, optimizer: 'adagrad', schedule: 'cosine' }),
];

const capture = (commit: string) => ({ version: 1, code: { commit, repository: 'https://git.example/vision.git', dirty: false, script: 'train.py', files: [] } });

async function ask(url: string, { turn, runs }: { readonly turn: number; readonly runs: number }): Promise<{ readonly tookInMs: number; readonly found: number }> {
  const n = (turn * 7_919) % runs;
  const params = CHANGES[turn % CHANGES.length]?.(paramsOf(n)) ?? {};
  const began = performance.now();
  const response = await fetch(`${url}/api/v1/duplicate-check`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ project: PROJECT, params, capture: capture(commitOf(n)) }) });
  const text = await response.text();
  if (!response.ok) throw new Error(text.slice(0, 300));
  const { exact, repeats, near } = JSON.parse(text) as Answer;
  return { tookInMs: performance.now() - began, found: exact.length + repeats.length + near.length };
}

export const duplicateCheck: Bench = {
  name: 'duplicate-check', answers: [NAME], needs: [], seconds: { quick: 20, full: 90 },
  async measure(lab) {
    const runs = RUNS[lab.quick ? 'quick' : 'full'];
    const database = await (await lab.postgres()).urlOf('duplicates');
    const { url } = await lab.lemma({ DATABASE_URL: database });
    const client = new Client({ connectionString: database });
    await client.connect();
    await lab.keep(() => client.end());
    await loadDuplicates(client, PROJECT, runs);
    for (let turn = 0; turn < 8; turn += 1) await ask(url, { turn, runs });
    const times: number[] = [];
    let found = 0;
    for (let turn = 8; turn < (lab.quick ? 48 : 408); turn += 1) {
      const asked = await ask(url, { turn, runs });
      times.push(asked.tookInMs);
      found += Math.min(1, asked.found);
    }
    const p95 = quantile(times, 0.95);
    return [{
      name: NAME, part: 'over HTTP, one after the other', measured: ms(p95), ...(lab.quick ? {} : { kept: p95 <= LIMIT_MS }),
      note: `${runs.toLocaleString('en-US')} runs; ${times.length} asks, a quarter each: the same again, another seed, a setting near one, a new one; ${found} found something; p50 ${ms(quantile(times, 0.5))}`,
    }];
  },
};
