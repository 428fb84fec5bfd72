import type { Pool, PoolClient } from 'pg';

const LISTEN_AGAIN_MS = 500;

/** Calls `wake` when a row was written. Holds one connection with LISTEN, and takes another when it is lost. Wakes after each loss, since rows may have come meanwhile. */
export async function listen(pool: Pool, channel: 'outbox' | 'happenings', wake: () => void): Promise<() => Promise<void>> {
  let stopped = false;
  let held: PoolClient | null = null;
  let timer: NodeJS.Timeout | undefined;

  async function attach(): Promise<void> {
    if (stopped) return;
    try {
      const client = await pool.connect();
      const lost = (): void => {
        if (held !== client) return;
        held = null;
        client.release(true);
        again();
      };
      client.on('error', lost);
      client.on('end', lost);
      client.on('notification', wake);
      held = client;
      await client.query(`LISTEN ${channel}`);
      wake();
    } catch {
      const client = held;
      held = null;
      client?.release(true);
      again();
    }
  }
  function again(): void {
    if (!stopped) timer = setTimeout(() => void attach(), LISTEN_AGAIN_MS);
  }

  await attach();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    const client = held;
    held = null;
    client?.release(true);
  };
}
