import type { Bench } from '../bench.ts';
import { track } from '../drive/track.ts';

const NAME = 'console lines/s through REST, 8 clients';
const CLIENTS = 8;
const BATCH = 500;

/** Lines as trainings print them, coloured, each sent once; a client waits for its acknowledgement before it sends more. */
export const consoleLines: Bench = {
  name: 'console', answers: [], needs: [], seconds: { quick: 20, full: 40 },
  async measure(lab) {
    const lemma = await lab.lemma();
    const { newExperiment, newRun } = track(lemma.url);
    const experiment = await newExperiment();
    const seconds = lab.quick ? 5 : 25;
    const runs = await Promise.all(Array.from({ length: CLIENTS }, () => newRun(experiment)));
    const until = performance.now() + seconds * 1000;
    const sent = await Promise.all(runs.map(async (runId) => {
      let lines = 0;
      for (; performance.now() < until; lines += BATCH) await send(lemma.url, runId, lines);
      return lines;
    }));
    const total = sent.reduce((sum, lines) => sum + lines, 0);
    const counts = await Promise.all(runs.map((runId) => lineCount(lemma.url, runId)));
    return [{ name: NAME, measured: `${Math.round(total / seconds).toLocaleString('en-US')} lines/s`, kept: counts.every((count, at) => count === sent[at]), limit: 'every line there', note: `batches of ${BATCH}, generator on the same machine` }];
  },
};

async function send(url: string, runId: string, first: number): Promise<void> {
  const lines = Array.from({ length: BATCH }, (_, at) => `{"sequence":${first + at},"time":${Date.now()},"text":"step ${first + at} loss \\u001b[32m${Math.random().toFixed(4)}\\u001b[0m acc ${Math.random().toFixed(4)}"}`);
  const answer = await fetch(`${url}/api/v1/runs/${runId}/logs`, { method: 'POST', headers: { 'content-type': 'application/x-ndjson' }, body: lines.join('\n') });
  if (!answer.ok) throw new Error(`the console answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
  await answer.arrayBuffer();
}

const lineCount = async (url: string, runId: string): Promise<number> => (await (await fetch(`${url}/api/v1/runs/${runId}/logs?last=1`)).json() as { readonly lineCount: number }).lineCount;
