import { failed, finished, progressed } from '../../domain/demo/demo.ts';
import type { DemoTrainings } from '../ports/demo-trainings.ts';
import type { Ports } from '../ports/ports.ts';
import { recordDemo } from './record-demo.ts';

type Friends = Pick<Ports, 'store' | 'clock' | 'ids' | 'secrets'> & { readonly trainings: DemoTrainings };

const TOKEN_LIFE_MS = 60 * 60_000;

/**
 * Runs the demo's trainings in the name of the person who asked, with a token of its own that ends with it.
 * A failure is recorded with its reason; being stopped (`signal`) is not one: it throws, and whoever asked asks again.
 */
export async function runDemo(friends: Friends, ask: { readonly personId: string; readonly url: string }, signal: AbortSignal): Promise<void> {
  const { store, trainings } = friends;
  const { id, secret } = await lendToken(friends, ask.personId);
  try {
    for await (const { done, total, message } of trainings.run({ url: ask.url, token: secret }, signal)) {
      await recordDemo({ store }, () => progressed(done, total, message));
    }
    await recordDemo({ store }, finished);
  } catch (error) {
    if (signal.aborted) throw error;
    await recordDemo({ store }, (demo) => failed(demo, error instanceof Error ? error.message : String(error)));
  } finally {
    await store.transaction((tx) => tx.tokens.revoke(id, friends.clock.now()));
  }
}

async function lendToken({ store, clock, ids, secrets }: Friends, personId: string): Promise<{ id: string; secret: string }> {
  const id = ids.next('token');
  const secret = secrets.token();
  await store.transaction((tx) => tx.tokens.insert({
    id, personId, name: 'demo trainings', hint: secret.slice(0, 4), hash: secrets.digest(secret),
    expiresAt: clock.after(TOKEN_LIFE_MS), lastUsedAt: null, revokedAt: null, createdAt: clock.now(),
  }));
  return { id, secret };
}
