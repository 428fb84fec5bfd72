import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canReach, type Account } from '../../scripts/launch/account.ts';
import { REPOSITORY } from '../../scripts/launch/repository.ts';

/** Somebody who is not root, and where they find Lemma and the Node that runs it. */
export interface OrdinaryUser {
  /** Null when that is who runs the tests already. */
  readonly account: Account | null;
  readonly clone: string;
  readonly node: string;
  /** A new folder of theirs. */
  newFolder(): string;
  /** Removes what was made. */
  end(): void;
}

/** When root runs the tests, `nobody`; who reads the clone where it is, or a copy of it when it lies under a folder that is closed to others, as root's home is. */
export function ordinaryUser(): OrdinaryUser {
  const account = process.getuid?.() === 0 ? nobody() : null;
  const made: string[] = [];
  const newFolder = () => {
    const folder = mkdtempSync(join(tmpdir(), 'lemma-ordinary-'));
    made.push(folder);
    if (account) chownSync(folder, account.uid, account.gid);
    return folder;
  };
  const clone = account && !canReach(account, REPOSITORY) ? copyFor(account, newFolder()) : REPOSITORY;
  const node = process.execPath.startsWith(`${REPOSITORY}/`) ? clone + process.execPath.slice(REPOSITORY.length) : process.execPath;
  return { account, clone, node, newFolder, end: () => { for (const folder of made) rmSync(folder, { recursive: true, force: true }); } };
}

function nobody(): Account {
  const line = readFileSync('/etc/passwd', 'utf8').split('\n').find((each) => each.startsWith('nobody:'));
  const [name = '', , uid, gid] = line?.split(':') ?? [];
  return { name, uid: Number(uid), gid: Number(gid) };
}

/** By hard links where that is possible, which takes a second instead of a gigabyte. Files that are closed to others have to be copied. */
function copyFor(account: Account, folder: string): string {
  const tracked = execFileSync('git', ['ls-files'], { cwd: REPOSITORY, encoding: 'utf8' }).split('\n').map((file) => file.split('/')[0] ?? '').filter(Boolean);
  const entries = [...new Set([...tracked, 'node_modules', 'generated'])].filter((entry) => existsSync(join(REPOSITORY, entry)));
  const kept = join('.cache', 'nats-server');
  mkdirSync(join(folder, '.cache'));
  const copy = (how: string) => {
    const cp = (from: readonly string[], to: string) => execFileSync('cp', [how, ...from, to], { cwd: REPOSITORY, stdio: ['ignore', 'ignore', 'pipe'] });
    cp(entries, folder);
    if (existsSync(join(REPOSITORY, kept))) cp([kept], join(folder, '.cache'));
  };
  const open = (statSync(join(REPOSITORY, 'package.json')).mode & 0o004) !== 0;
  try {
    if (!open) throw new Error('closed to others');
    copy('-al');
  } catch {
    copy('-af');
    execFileSync('chown', ['-R', `${account.uid}:${account.gid}`, folder]);
  }
  return folder;
}
