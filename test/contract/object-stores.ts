import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import type { Blobs } from '../../operations/ports/blobs.ts';
import { badLine } from '../support/bad-line.ts';
import { blobsContract } from './blobs.ts';

/** A store with the buckets "lemma" and "other", and ways past everything of ours. */
export interface ObjectStoreUnderTest {
  /** Where its server answers. */
  readonly endpoint: string;
  /** Opens a place such as "lemma/folder", as ARTIFACT_URL would; at another address where one is given. */
  open(place: string, endpoint?: string): Promise<Blobs>;
  /** The same with direct=true. */
  openDirect(place: string): Promise<Blobs>;
  names(bucket: string, beginning: string): Promise<readonly string[]>;
  replace(bucket: string, name: string, content: string): Promise<void>;
  /** What is left of uploads that were never finished, where the store shows it and does not drop it by itself. */
  unfinished(bucket: string): Promise<readonly unknown[]>;
}

export const parts = async function* (...given: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const part of given) yield typeof part === 'string' ? Buffer.from(part) : part;
};

const SHOWN = { contentType: 'application/x-weights', contentDisposition: `attachment; filename="gr__e.bin"; filename*=UTF-8''gr%C3%B6%C3%9Fe.bin`, seconds: 60 };

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
const waiting = (): readonly string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('lemma-coming-'));

/** How an upload is sent, and how many bytes come with it for that. */
export type Sent = readonly [how: string, filling: number];
export const WHOLE: Sent = ['in one piece', 0];
const IN_PARTS: Sent = ['in parts', 20 * 2 ** 20];

/** What every adapter for an object store keeps. `breaksOff`: the uploads that a server can be seen to take back; `guards`: whether it looks at what is signed. */
export function objectStoreContract(store: () => ObjectStoreUnderTest, { breaksOff = [WHOLE, IN_PARTS], guards = true }: { readonly breaksOff?: readonly Sent[]; readonly guards?: boolean } = {}): void {
  let folders = 0;

  describe('keeps the contract of blobs', () => {
    blobsContract(async () => {
      const folder = `contract/${(folders += 1)}`;
      return {
        blobs: await store().open(`lemma/${folder}`),
        corrupt: (sha256) => store().replace('lemma', `${folder}/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`, 'PRECIOUS'),
      };
    });
  });

  test('keeps everything below its folder, laid out as a folder on a disk is, and tries itself without leaving a trace', async () => {
    const blobs = await store().open('lemma/deep/down=1+2/');
    expect(await store().names('lemma', 'deep')).toEqual([]);
    const { sha256 } = await blobs.write(parts('x'));
    expect(await store().names('lemma', 'deep')).toEqual([`deep/down=1+2/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`]);
  });

  test('takes what is larger than memory should hold in parts, hands out a range of it, and keeps no file of it here', async () => {
    const blobs = await store().open('lemma/large');
    const hash = createHash('sha256');
    async function* large(): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < 34; at += 1) {
        const part = new Uint8Array(2 ** 20).fill(at);
        hash.update(part);
        yield part;
      }
    }
    const { sha256, size } = await blobs.write(large());
    expect([sha256, size]).toEqual([hash.digest('hex'), 34 * 2 ** 20]);
    let read = 0;
    for await (const part of (await blobs.read(sha256)) ?? []) read += part.byteLength;
    expect(read).toBe(size);
    const border: Uint8Array[] = [];
    for await (const part of (await blobs.read(sha256, { start: 17 * 2 ** 20 - 2, end: 17 * 2 ** 20 + 1 })) ?? []) border.push(part);
    expect(Buffer.concat(border)).toEqual(Buffer.from([16, 16, 17]));
    expect(waiting()).toEqual([]);
  });

  test('takes the same large content twice at once', async () => {
    const blobs = await store().open('lemma/twice');
    const content = () => parts(...Array.from({ length: 18 }, (_, at) => new Uint8Array(2 ** 20).fill(at)));
    const written = await Promise.all([blobs.write(content()), blobs.write(content())]);
    expect(written[0]).toEqual(written[1]);
    let read = 0;
    for await (const part of (await blobs.read(written[0].sha256)) ?? []) read += part.byteLength;
    expect(read).toBe(written[0].size);
  });

  test.each([['in one piece', 0], ['in parts', 9 * 2 ** 20]])('refuses content that was changed on the way, sent %s', async (_, filling) => {
    const line = await badLine(store().endpoint);
    const blobs = await store().open('lemma/turned', line.endpoint);
    await expect(blobs.write(parts('TURN THIS', new Uint8Array(filling)))).rejects.toThrow(/digest|checksum|sha256|md5|did not match/i);
    line.stop();
    expect([await store().names('lemma', 'turned'), waiting()]).toEqual([[], []]);
  });

  test.each(breaksOff)('shows nothing of an upload that breaks off, sent %s', async (_, filling) => {
    const line = await badLine(store().endpoint);
    const blobs = await store().open('lemma/broken', line.endpoint);
    await expect(blobs.write(parts(new Uint8Array(filling), 'BREAK HERE'))).rejects.toThrow(/hang up|ECONNRESET|closed|EPIPE/i);
    line.stop();
    expect([await store().names('lemma', 'broken'), await store().unfinished('lemma'), waiting()]).toEqual([[], [], []]);
  });

  test('hands out an address that yields just these bytes, whole or a range, to whoever has it', async () => {
    const blobs = await store().openDirect('lemma/direct');
    const { sha256 } = await blobs.write(parts('0123456789'));
    const address = await blobs.directAddress(sha256, SHOWN);
    if (address === null) throw new Error('there was no address');
    expect(await (await fetch(address)).text()).toBe('0123456789');
    const range = await fetch(address, { headers: { range: 'bytes=2-4' } });
    expect([range.status, await range.text(), range.headers.get('content-range')]).toEqual([206, '234', 'bytes 2-4/10']);
    expect(await blobs.directAddress(digest('unknown'), SHOWN)).toBeNull();
    expect(await blobs.directAddress('../../etc/passwd', SHOWN)).toBeNull();
  });

  if (guards) guardsAddresses(store);

  test('does not leave its folder: another folder with the same beginning is another store', async () => {
    const inner = await store().open('other/a');
    await (await store().open('other/ab')).write(parts('of the neighbour'));
    expect(await inner.exists(digest('of the neighbour'))).toBe(false);
  });

  test('whose store does not answer is told at the start', async () => {
    await expect(store().open('lemma', 'http://127.0.0.1:9')).rejects.toThrow(/^The (bucket|container) lemma cannot be used: .*ECONNREFUSED/);
  });
}

function guardsAddresses(store: () => ObjectStoreUnderTest): void {
  const statusAt = async (address: URL): Promise<number> => {
    const answer = await fetch(address);
    await answer.body?.cancel();
    return answer.status;
  };

  test('saves what comes from an address as a file of its name and type, whoever asks', async () => {
    const blobs = await store().openDirect('lemma/shown');
    const { sha256 } = await blobs.write(parts('<script>alert(1)</script>'));
    const answer = await fetch((await blobs.directAddress(sha256, SHOWN)) ?? '');
    expect([answer.headers.get('content-type'), answer.headers.get('content-disposition'), answer.headers.get('cache-control')]).toEqual([SHOWN.contentType, SHOWN.contentDisposition, 'private, no-store']);
  });

  test('refuses an address that was changed, to other content, to another name or to a longer time', async () => {
    const blobs = await store().openDirect('lemma/guarded');
    const [one, other] = [await blobs.write(parts('one')), await blobs.write(parts('another'))];
    const address = (await blobs.directAddress(one.sha256, SHOWN)) ?? new URL('none:');
    expect(await statusAt(address)).toBe(200);
    const name = ({ sha256 }: { readonly sha256: string }) => `${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`;
    const moved = new URL(address.href.replace(name(one), name(other)));
    const renamed = new URL(address.href.replace('x-weights', 'x-another'));
    const late = new URL((await blobs.directAddress(one.sha256, { ...SHOWN, seconds: 3600 })) ?? 'none:');
    for (const [key, value] of late.searchParams) if (/^(X-Amz-Signature|sig)$/.test(key)) late.searchParams.set(key, address.searchParams.get(key) ?? value);
    const bare = new URL(address.pathname, address.origin);
    expect(new Set([address, moved, renamed, late, bare].map(({ href }) => href)).size).toBe(5);
    for (const changed of [moved, renamed, late, bare]) expect(await statusAt(changed), changed.href).toBe(403);
  });

  test('refuses an address whose time is over', async () => {
    const blobs = await store().openDirect('lemma/over');
    const { sha256 } = await blobs.write(parts('soon gone'));
    const address = (await blobs.directAddress(sha256, { ...SHOWN, seconds: 1 })) ?? new URL('none:');
    await expect.poll(() => statusAt(address)).toBe(403);
  });
}
