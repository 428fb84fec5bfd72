import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { Clock, IdKind, Ids, Secrets } from '../../operations/ports/ambient.ts';

export const systemClock: Clock = {
  now: () => new Date(),
  after: (ms) => new Date(Date.now() + ms),
  minuteOfDay(atMs, timeZone) {
    try {
      const parts = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).formatToParts(atMs);
      const part = (type: string): number => Number(parts.find((each) => each.type === type)?.value);
      return part('hour') * 60 + part('minute');
    } catch {
      return null;
    }
  },
};

const PREFIX: Record<IdKind, string> = {
  organization: 'org', person: 'per', team: 'tea', invitation: 'inv', token: 'tok', project: 'prj', hypothesis: 'hyp', experiment: 'exp', variant: 'var',
  verdict: 'ver', dataset: 'dat', environment: 'env', 'registered-model': 'mod', thread: 'thr', comment: 'com', review: 'rev', 'review-tick': 'rvt', 'review-addition': 'rva', 'share-link': 'shl', note: 'not', 'note-version': 'nov', 'note-file': 'nof', 'saved-view': 'svw', 'saved-search': 'svs', dashboard: 'dsh', meeting: 'mtg', 'agenda-item': 'agi', decision: 'dec', 'action-item': 'act', attendance: 'att', audit: 'aud', outbox: 'out',
  happening: 'hap', notification: 'ntf', webhook: 'whk', delivery: 'dlv', 'duplicate-reason': 'dup',
};
/** Crockford's base 32 in lower case: sorts like the number, has no look-alikes. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

function base32(value: bigint, length: number): string {
  let text = '';
  for (let rest = value; text.length < length; rest >>= 5n) text = (ALPHABET[Number(rest & 31n)] ?? '') + text;
  return text;
}

/** 48 bits of milliseconds, then 80 random bits, as a ULID. */
const sortable = (): string => base32(BigInt(Date.now()), 10) + base32(BigInt(`0x${randomBytes(10).toString('hex')}`), 16);

export const systemIds: Ids = {
  next: (kind) => `${PREFIX[kind]}_${sortable()}`,
  run: () => randomBytes(16).toString('hex'),
  loggedModel: () => `m-${randomBytes(16).toString('hex')}`,
};

const derive = promisify<string, Buffer, number, Buffer>(scrypt);

export const systemSecrets: Secrets = {
  token: () => randomBytes(32).toString('base64url'),
  digest: (secret) => createHash('sha256').update(secret).digest('hex'),
  async hashPassword(password) {
    const salt = randomBytes(16);
    const key = await derive(password, salt, 32);
    return `scrypt$${salt.toString('base64url')}$${key.toString('base64url')}`;
  },
  async passwordMatches(password, hash) {
    const [, salt, key] = hash.split('$');
    if (!salt || !key) return false;
    return timingSafeEqual(await derive(password, Buffer.from(salt, 'base64url'), 32), Buffer.from(key, 'base64url'));
  },
};
