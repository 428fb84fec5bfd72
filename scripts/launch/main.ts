import { launch, type Lemma, type Reporter } from './lemma.ts';
import { readSettings } from './settings.ts';
import { restartOnChange } from './restart-on-change.ts';

const seconds = (since: number): string => `${((Date.now() - since) / 1000).toFixed(1).padStart(6)} s`;

const reporter: Reporter = {
  begin: (sentence) => console.log(`          ${sentence} …`),
  end: (sentence, startedAtMs) => console.log(`${seconds(startedAtMs)}  ${sentence}`),
  say: (message) => console.log(message),
};

/** Pressing Ctrl-C reaches npm and us, and npm passes it on: what comes within this time is one wish. */
const SAME_WISH_MS = 1500;

let lemma: Lemma | null = null;
let askedAt: number | null = null;
const asked = new AbortController();

async function leave(): Promise<void> {
  const now = Date.now();
  if (askedAt !== null) {
    if (now - askedAt > SAME_WISH_MS) forceEnd();
    return;
  }
  askedAt = now;
  console.log('\nStopping …');
  asked.abort(new Error('Stopped while starting.'));
  if (lemma === null) return; // The start below comes to its end and stops what it had started.
  await lemma.stop();
  console.log(`${seconds(now)}  everything stopped`);
  process.exit(0);
}

function forceEnd(): void {
  for (const { child } of lemma?.processes.values() ?? []) child?.kill('SIGKILL');
  process.exit(1);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void leave());
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) void leave();
}, 500).unref();

try {
  const startedAt = Number(process.env['LEMMA_BEGUN_AT'] ?? Date.now());
  const settings = readSettings(process.env);
  lemma = await launch(settings, reporter, asked.signal);
  if (askedAt !== null) {
    await lemma.stop();
    process.exit(0);
  }
  console.log(`${seconds(startedAt)}  in all; logs are in ${settings.dataFolder}/logs, Ctrl-C stops everything`);
  console.log(`           gRPC on ${lemma.grpcAddress}`);
  // Before the word is given: who waited for it may save at once.
  if (settings.dev) restartOnChange(lemma, reporter);
  console.log(`\nLemma ready at ${lemma.url}`);
} catch (error) {
  if (askedAt !== null) process.exit(0);
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
