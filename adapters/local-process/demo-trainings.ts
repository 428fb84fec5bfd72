import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { DemoTrainings, TrainingProgress } from '../../operations/ports/demo-trainings.ts';

const PROGRAM = fileURLToPath(new URL('../../examples/digits/main.ts', import.meta.url));
const LAST_WORDS = 2_000;

/** `path`: where executables are looked up. `program` is only ever another file in tests. */
export const localDemoTrainings = (path: string, program = PROGRAM): DemoTrainings => ({
  async *run({ url, token }, signal) {
    // Only what it needs: the worker's own environment holds the database's address and the secret.
    const env: NodeJS.ProcessEnv = { PATH: path, LEMMA_URL: url, LEMMA_TOKEN: token, NODE_ENV: 'production' };
    const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'pipe'], signal });
    let lastWords = '';
    child.stderr.on('data', (part: Buffer) => { lastWords = (lastWords + part.toString('utf8')).slice(-LAST_WORDS); });
    const ended = once(child, 'close') as Promise<[number | null]>;
    ended.catch(() => {});
    for await (const line of createInterface({ input: child.stdout })) {
      const progress = progressOf(line);
      if (progress) yield progress;
    }
    const [code] = await ended;
    if (code !== 0) throw new Error(lastWords.trim() || `ended with code ${code}`);
  },
});

function progressOf(line: string): TrainingProgress | null {
  if (!line.startsWith('{')) return null;
  const { done, total, message } = JSON.parse(line) as TrainingProgress;
  return { done, total, message };
}
