import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** A process that can be told from a later one that got the same number. */
export interface Identity {
  readonly pid: number;
  /** When it started, in whatever words this machine uses for it. */
  readonly born: string;
}

export const identityOf = (pid: number): Identity => ({ pid, born: bornAt(pid) ?? '' });

export function isAlive({ pid, born }: Identity): boolean {
  const now = bornAt(pid);
  return now !== null && now === born;
}

function bornAt(pid: number): string | null {
  if (existsSync('/proc/self/stat')) return bornByProc(pid);
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim() || null;
  } catch {
    return null;
  }
}

/** Clock ticks since the machine started, and which start of the machine that was. Null for a process that has ended and only waits to be counted. */
function bornByProc(pid: number): string | null {
  try {
    const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    if (afterName[0] === 'Z' || afterName[0] === 'X') return null;
    return `${afterName[19]} ${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}`;
  } catch {
    return null;
  }
}
