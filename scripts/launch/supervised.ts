import { describeExit, startChild, type Child, type ChildPlan, type Exit } from './child.ts';

const FIRST_WAIT_IN_MS = 250;
const LONGEST_WAIT_IN_MS = 10_000;
/** A process that served this long is healthy again: its next end waits as little as its first. */
const HEALTHY_AFTER_MS = 30_000;

/** A process that is started again when it ends without having been asked to. */
export interface Supervised {
  readonly name: string;
  /** Null while it is down. */
  readonly child: Child | null;
  /** Stops and starts it, in order. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface Watcher {
  say(message: string): void;
  /** Called whenever a process has started or ended. */
  changed(): void;
}

/** Starts the process and waits until it serves. @throws ChildFailed when the first start fails; later ones are tried again for ever. */
export async function supervise(plan: ChildPlan, watcher: Watcher, leave?: AbortSignal): Promise<Supervised> {
  let child: Child | null = null;
  let stopping = false;
  let asked = false;
  let waitInMs = FIRST_WAIT_IN_MS;
  let pause: { end(): void } | null = null;

  const begin = async () => {
    const started = await startChild(plan, leave);
    child = started;
    const startedAt = Date.now();
    void started.exited.then((exit) => {
      child = null;
      watcher.changed();
      if (Date.now() - startedAt > HEALTHY_AFTER_MS) waitInMs = FIRST_WAIT_IN_MS;
      if (!asked && !stopping) void comeBack(exit);
    });
    watcher.changed();
  };

  const comeBack = async (exit: Exit) => {
    let reason = `${plan.name} ended (${describeExit(exit)})`;
    while (!stopping && !asked) {
      watcher.say(`${reason}; starting it again in ${waitInMs / 1000} s.`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, waitInMs);
        pause = { end: () => { clearTimeout(timer); resolve(); } };
      });
      waitInMs = Math.min(waitInMs * 2, LONGEST_WAIT_IN_MS);
      if (stopping || asked) return;
      try {
        await begin();
        watcher.say(`${plan.name} is back.`);
        return;
      } catch (error) {
        reason = error instanceof Error ? error.message : String(error);
      }
    }
  };

  await begin();
  return {
    name: plan.name,
    get child() { return child; },
    restart: async () => {
      asked = true;
      pause?.end();
      await child?.stop();
      asked = false;
      if (stopping) return;
      await begin().catch((error: unknown) => {
        watcher.say(error instanceof Error ? error.message : String(error));
      });
    },
    stop: async () => {
      stopping = true;
      pause?.end();
      await child?.stop();
    },
  };
}
