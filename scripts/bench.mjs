import { ensureInstalled, handOver, speakPlainly } from './toolchain.mjs';

await speakPlainly(async () => {
  await ensureInstalled();
  await handOver('bench/main.ts');
});
