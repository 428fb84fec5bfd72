import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';

/** Variables of a process; wider than Node's own type, which other packages make stricter. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Everything needed to start one process, and to start it again. */
export interface ChildPlan {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Environment;
  readonly stdio: StdioOptions;
  readonly cwd?: string;
  /** The account to run as; absent for our own. */
  readonly account?: { readonly uid: number; readonly gid: number };
  /** The signal that asks for an orderly end. */
  readonly stopSignal: NodeJS.Signals;
  /** After this long the end is forced. */
  readonly graceInMs: number;
  /** Resolves when the process serves; rejects never, the caller gives up when the process ends. */
  readonly whenReady: (signal: AbortSignal) => Promise<void>;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A running process in a process group of its own, which a Ctrl-C at the terminal does not reach. */
export interface Child {
  readonly name: string;
  readonly pid: number;
  readonly process: ChildProcess;
  readonly exited: Promise<Exit>;
  kill(signal: NodeJS.Signals): void;
  /** Asks, waits, and in the end forces. */
  stop(): Promise<Exit>;
}

export class ChildFailed extends Error {
  override readonly name = 'ChildFailed';
}

/** A process group of its own outlives whoever started it; the last resort against that, for an end that nobody planned. */
const running = new Set<number>();
process.once('exit', () => {
  for (const pid of running) signalGroup(pid, 'SIGKILL');
});

/** Starts the process and returns at once. @throws ChildFailed when the program cannot be run at all. */
export async function spawnChild(plan: ChildPlan): Promise<Child> {
  const started = spawn(plan.command, plan.args, {
    detached: true,
    env: { ...plan.env } as NodeJS.ProcessEnv,
    stdio: plan.stdio,
    ...(plan.cwd === undefined ? {} : { cwd: plan.cwd }),
    ...plan.account,
  });
  const exited = new Promise<Exit>((resolve) => started.once('exit', (code, signal) => resolve({ code, signal })));
  await new Promise<void>((resolve, reject) => {
    started.once('spawn', resolve);
    started.once('error', (error) => reject(new ChildFailed(`${plan.name} could not be started: ${error.message}`)));
  });
  const pid = started.pid ?? 0;
  running.add(pid);
  void exited.then(() => running.delete(pid));
  const kill = (signal: NodeJS.Signals) => signalGroup(pid, signal);
  const stop = async () => {
    const ended = started.exitCode !== null || started.signalCode !== null;
    if (ended) return exited;
    started.kill(plan.stopSignal);
    const force = setTimeout(() => kill('SIGKILL'), plan.graceInMs);
    const exit = await exited;
    clearTimeout(force);
    return exit;
  };
  return { name: plan.name, pid, process: started, exited, kill, stop };
}

/** Starts the process and waits until it serves. @throws ChildFailed when it ends before that, takes longer than `timeoutInMs`, or `leave` says that nobody waits any more. */
export async function startChild(plan: ChildPlan, leave?: AbortSignal, timeoutInMs = 60_000): Promise<Child> {
  const child = await spawnChild(plan);
  const giveUp = new AbortController();
  const slow = setTimeout(() => giveUp.abort(), timeoutInMs);
  const give = () => giveUp.abort();
  leave?.addEventListener('abort', give);
  if (leave?.aborted) give();
  try {
    const outcome = await Promise.race([
      plan.whenReady(giveUp.signal).then(() => (giveUp.signal.aborted ? ('slow' as const) : ('ready' as const))),
      child.exited,
      aborted(giveUp.signal).then(() => 'slow' as const),
    ]);
    if (outcome === 'ready') return child;
    if (outcome === 'slow') {
      await child.stop();
      throw new ChildFailed(leave?.aborted ? `${plan.name} was stopped while it started.` : `${plan.name} was not ready after ${timeoutInMs / 1000} s.`);
    }
    throw new ChildFailed(`${plan.name} ended at its start (${describeExit(outcome)}).`);
  } finally {
    clearTimeout(slow);
    leave?.removeEventListener('abort', give);
    giveUp.abort();
  }
}

/** Resolves when the signal is aborted, at once when it is already. */
export const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

export const describeExit = ({ code, signal }: Exit): string => (signal === null ? `code ${code}` : `signal ${signal}`);

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group has ended already, which is what was asked for.
  }
}

/** Calls `probe` until it answers true; stops quietly when aborted. */
export async function pollUntil(probe: () => Promise<boolean>, signal: AbortSignal, everyInMs = 20): Promise<void> {
  while (!signal.aborted) {
    if (await probe()) return;
    await new Promise((resolve) => setTimeout(resolve, everyInMs));
  }
}
