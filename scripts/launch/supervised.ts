import { aborted, describeExit, startChild, type Child, type ChildPlan } from './child.ts';

const FIRST_WAIT_IN_MS = 250;
const LONGEST_WAIT_IN_MS = 10_000;
/** A process that served this long is healthy again: its next end waits as little as its first. */
const HEALTHY_AFTER_MS = 30_000;

/** A process that is started again when it ends without having been asked to. */
export interface Supervised {
  readonly name: string;
  /** Null while it is down or starting. */
  readonly child: Child | null;
  /**
   * Stops and starts it, in order; resolves after a start that began later than the wish. There is never a second process: a wish during the stop is answered by the start that
   * follows, and one during a start ends that start for another, however many wishes come. A start that fails is said, and waits for the next wish: what was just changed does
   * not heal by itself.
   */
  restart(): Promise<void>;
  /** Final: it wins over every restart. */
  stop(): Promise<void>;
}

export interface Watcher {
  say(message: string): void;
  /** Called whenever a process has started or ended. */
  changed(): void;
}

/** Starts the process and waits until it serves. @throws ChildFailed when the first start fails; when it ends later, starts are tried for ever. */
export async function supervise(plan: ChildPlan, watcher: Watcher, leave?: AbortSignal): Promise<Supervised> {
  let child: Child | null = await startChild(plan, leave);
  let waitInMs = FIRST_WAIT_IN_MS;
  let stopping = false;
  /** Aborted by a restart or stop: it ends whatever the process is at, be it serving, starting or waiting for its next start. */
  let wish = new AbortController();
  const askers: (() => void)[] = [];
  const kept = keep();

  /** The one place that ends and starts the process, one step after the other. */
  async function keep(): Promise<void> {
    while (!stopping) {
      const reason = child ? await untilItEnds(child) : null;
      if (reason !== null) await comeBack(reason);
      else await startAsWished();
    }
    await child?.stop();
    child = null;
    watcher.changed();
    answer();
  }

  /** @returns Why it ended; null when that was wished. */
  async function untilItEnds(serving: Child): Promise<string | null> {
    const startedAt = Date.now();
    await Promise.race([serving.exited, aborted(wish.signal)]);
    const wished = wish.signal.aborted;
    const exit = await (wished ? serving.stop() : serving.exited);
    child = null;
    watcher.changed();
    if (Date.now() - startedAt > HEALTHY_AFTER_MS) waitInMs = FIRST_WAIT_IN_MS;
    return wished ? null : `${plan.name} ended (${describeExit(exit)})`;
  }

  async function comeBack(firstReason: string): Promise<void> {
    let reason: string | null = firstReason;
    while (reason !== null && !wish.signal.aborted) {
      watcher.say(`${reason}; starting it again in ${waitInMs / 1000} s.`);
      await pause(waitInMs, wish.signal);
      waitInMs = Math.min(waitInMs * 2, LONGEST_WAIT_IN_MS);
      if (wish.signal.aborted) return;
      reason = await begin();
      if (reason === null) watcher.say(`${plan.name} is back.`);
    }
  }

  async function startAsWished(): Promise<void> {
    await aborted(wish.signal);
    if (stopping) return;
    wish = new AbortController();
    waitInMs = FIRST_WAIT_IN_MS;
    const problem = await begin();
    if (wish.signal.aborted) return; // Who asked meanwhile, and who asked before, is answered by the next start.
    if (problem !== null) watcher.say(problem);
    answer();
  }

  /** @returns Why the start failed; null when it did not. */
  async function begin(): Promise<string | null> {
    try {
      child = await startChild(plan, AbortSignal.any(leave ? [wish.signal, leave] : [wish.signal]));
      watcher.changed();
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  function answer(): void {
    for (const done of askers.splice(0)) done();
  }

  return {
    name: plan.name,
    get child() { return child; },
    restart: () => {
      if (stopping) return kept;
      return new Promise((resolve) => {
        askers.push(resolve);
        wish.abort();
      });
    },
    stop: () => {
      stopping = true;
      wish.abort();
      return kept;
    },
  };
}

/** Waits, unless the wish comes first. */
function pause(forMs: number, wish: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => { clearTimeout(timer); resolve(); };
    const timer = setTimeout(end, forMs);
    wish.addEventListener('abort', end, { once: true });
    if (wish.aborted) end();
  });
}
