import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * Postgres refuses to run as root, so root lends it an account: the one that owns `dataFolder` already, else `postgres`, else `nobody`.
 * Null for an ordinary user, who runs Postgres as themselves.
 */
export function postgresAccount(dataFolder: string, passwd = '/etc/passwd'): Account | null {
  if (process.getuid?.() !== 0) return null;
  const accounts = readFileSync(passwd, 'utf8').split('\n').map(readAccount).filter((account) => account !== null);
  const owner = statSync(dataFolder, { throwIfNoEntry: false })?.uid ?? 0;
  const chosen = (owner !== 0 ? accounts.find((account) => account.uid === owner) : undefined)
    ?? accounts.find((account) => account.name === 'postgres')
    ?? accounts.find((account) => account.name === 'nobody');
  if (!chosen) throw new Error('Postgres refuses to run as root, and this machine has no account "postgres" or "nobody" to lend it. Start Lemma as an ordinary user, or set DATABASE_URL.');
  return chosen;
}

function readAccount(line: string): Account | null {
  const [name, , uid, gid] = line.split(':');
  return name && uid && gid ? { name, uid: Number(uid), gid: Number(gid) } : null;
}

/** Whether every folder above `path` lets that account through. Groups are left out of the question: nobody's are not ours to know. */
export function canReach(account: Account, path: string): boolean {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    const { mode, uid } = statSync(folder);
    const through = uid === account.uid ? mode & 0o100 : mode & 0o001;
    if (!through) return false;
    if (folder === dirname(folder)) return true;
  }
}
