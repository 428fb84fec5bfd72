import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';

/** A process of this machine as it is at this moment. */
export interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly uid: number;
  readonly command: string;
}

/** Every process that lives; without `ps` where the machine has /proc, as a small container may lack it. */
export function processes(): readonly Process[] {
  return existsSync('/proc/self/stat') ? readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap(byProc) : byPs();
}

function byProc(pid: string): readonly Process[] {
  try {
    const [state, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    if (state === 'Z' || state === 'X') return [];
    return [{ pid: Number(pid), parent: Number(parent), uid: statSync(`/proc/${pid}`).uid, command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() }];
  } catch {
    return []; // It ended while we looked.
  }
}

function byPs(): readonly Process[] {
  return execFileSync('ps', ['-axo', 'pid=,ppid=,uid=,args='], { encoding: 'utf8' }).split('\n').flatMap((line) => {
    const [, pid, parent, uid, command] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return command === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), uid: Number(uid), command }];
  });
}
