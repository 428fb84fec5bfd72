import { ensureInstalled, handOver, speakPlainly } from './toolchain.mjs';

// What npm takes counts too.
const begunAt = String(Date.now());

await speakPlainly(async () => {
  await ensureInstalled();
  await handOver('scripts/launch/main.ts', undefined, { LEMMA_BEGUN_AT: begunAt });
});
