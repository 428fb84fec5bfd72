import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

/** A program under measurement, and how long it took to answer. */
export interface Program {
  readonly url: string;
  readonly readyInMs: number;
  stop(): Promise<void>;
}

export interface ProgramPlan {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** The folder it starts in; ours when absent. */
  readonly cwd?: string;
  readonly url: string;
  /** Path that answers 200 when the program serves. */
  readonly readyPath: string;
}

/** Starts it in a process group of its own and waits until it answers. */
export async function startProgram({ command, args, env, cwd, url, readyPath }: ProgramPlan): Promise<Program> {
  const began = performance.now();
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'], detached: true, ...(cwd === undefined ? {} : { cwd }) });
  let lastWords = '';
  child.once('error', (error) => { lastWords = error.message; });
  child.stderr.on('data', (part: Buffer) => { lastWords = (lastWords + part.toString()).slice(-4000); });
  while (!(await answers(url + readyPath))) {
    if (child.exitCode !== null || child.pid === undefined) throw new Error(`${command} ${args.join(' ')} ended with ${child.exitCode}: ${lastWords}`);
    if (performance.now() - began > 300_000) throw new Error(`${command} did not answer within five minutes: ${lastWords}`);
    await pause(25);
  }
  return { url, readyInMs: performance.now() - began, stop: () => stop(child) };
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await Promise.race([ended, pause(60_000, undefined, { ref: false })]);
  try {
    // A peer's own workers do not always follow their parent.
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The whole group is gone already.
  }
}
