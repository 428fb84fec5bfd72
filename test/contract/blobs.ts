import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { Refusal } from '../../domain/refusal.ts';
import type { Blobs } from '../../operations/ports/blobs.ts';

/** A store under test, and a way to change what it keeps behind its back. */
export interface BlobsUnderTest {
  readonly blobs: Blobs;
  corrupt(sha256: string): Promise<void>;
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function* parts(...given: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const part of given) yield typeof part === 'string' ? Buffer.from(part) : part;
}

async function all(content: AsyncIterable<Uint8Array> | null): Promise<Buffer | null> {
  if (content === null) return null;
  const found: Uint8Array[] = [];
  for await (const part of content) found.push(part);
  return Buffer.concat(found);
}

const code = (error: unknown): unknown => (error instanceof Refusal ? error.code : error);

/** What every store of blobs keeps. */
export function blobsContract(open: () => Promise<BlobsUnderTest>): void {
  test('what is written comes back, named by its SHA-256', async () => {
    const { blobs } = await open();
    const written = await blobs.write(parts('one ', 'two'));
    expect(written).toEqual({ sha256: digest(Buffer.from('one two')), size: 7 });
    expect((await all(await blobs.read(written.sha256)))?.toString()).toBe('one two');
    expect(await blobs.exists(written.sha256)).toBe(true);
  });

  test('nothing at all is content too', async () => {
    const { blobs } = await open();
    const { sha256, size } = await blobs.write(parts());
    expect(size).toBe(0);
    expect(await all(await blobs.read(sha256))).toHaveLength(0);
  });

  test('large content survives part by part', async () => {
    const { blobs } = await open();
    const part = new Uint8Array(1_000_000).fill(7);
    const { sha256, size } = await blobs.write(parts(part, part, part, new Uint8Array([1, 2, 3])));
    expect(size).toBe(3_000_003);
    expect(digest(await all(await blobs.read(sha256)) ?? Buffer.alloc(0))).toBe(sha256);
  });

  test('the same content twice, even at once, is one', async () => {
    const { blobs } = await open();
    const written = await Promise.all([blobs.write(parts('same')), blobs.write(parts('sa', 'me'))]);
    expect(written[0]).toEqual(written[1]);
    expect((await all(await blobs.read(written[0].sha256)))?.toString()).toBe('same');
  });

  test('a range is from its start up to, not with, its end, cut to what there is', async () => {
    const { blobs } = await open();
    const { sha256 } = await blobs.write(parts('0123456789'));
    const range = async (start: number, end: number) => (await all(await blobs.read(sha256, { start, end })))?.toString();
    expect(await range(2, 5)).toBe('234');
    expect(await range(8, 99)).toBe('89');
    expect(await range(10, 12)).toBe('');
    expect(await range(3, 3)).toBe('');
  });

  test('what is unknown is null, and so is what is no digest: no name leads out of the store', async () => {
    const { blobs } = await open();
    expect(await blobs.read(digest(Buffer.from('never written')))).toBeNull();
    for (const odd of ['', 'abc', '../../etc/passwd', `${'a'.repeat(63)}/`, 'A'.repeat(64)]) {
      expect(await blobs.read(odd), odd).toBeNull();
      expect(await blobs.exists(odd), odd).toBe(false);
      expect(await blobs.remove(odd, new Date(Date.now() + 60_000)), odd).toBe(true);
    }
  });

  test('no address of the store itself is handed out unless that was asked for', async () => {
    const { blobs } = await open();
    const { sha256 } = await blobs.write(parts('kept behind the door'));
    expect(await blobs.directAddress(sha256, { contentType: 'text/plain', contentDisposition: 'attachment', seconds: 60 })).toBeNull();
  });

  test('too much is refused while it comes, and leaves nothing behind', async () => {
    const { blobs } = await open();
    const error: unknown = await blobs.write(parts('12345', '67890'), 9).catch((caught: unknown) => caught);
    expect(code(error)).toBe('blob/too-large');
    expect(await blobs.exists(digest(Buffer.from('1234567890')))).toBe(false);
    expect((await blobs.write(parts('123456789'), 9)).size).toBe(9);
  });

  test('content whose sending breaks off is not there', async () => {
    const { blobs } = await open();
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('half');
      throw new Error('the client went away');
    }
    await expect(blobs.write(broken())).rejects.toThrow('the client went away');
    expect(await blobs.exists(digest(Buffer.from('half')))).toBe(false);
  });

  test('content that was changed behind our back is never handed out whole', async () => {
    const under = await open();
    const { sha256 } = await under.blobs.write(parts('precious'));
    await under.corrupt(sha256);
    await expect(under.blobs.read(sha256).then(all)).rejects.toThrow(/changed/);
  });

  test('what is removed is not there, and comes again; what was written meanwhile stays', async () => {
    const { blobs } = await open();
    const { sha256 } = await blobs.write(parts('old'));
    expect(await blobs.remove(sha256, new Date(Date.now() - 60_000))).toBe(false);
    expect((await all(await blobs.read(sha256)))?.toString()).toBe('old');
    expect(await blobs.remove(sha256, new Date(Date.now() + 60_000))).toBe(true);
    expect([await blobs.exists(sha256), await blobs.remove(sha256, new Date())]).toEqual([false, true]);
    await blobs.write(parts('old'));
    expect((await all(await blobs.read(sha256)))?.toString()).toBe('old');
  });
}
