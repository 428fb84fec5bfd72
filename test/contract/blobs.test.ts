import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { fileBlobs } from '../../adapters/object-storage/file-blobs.ts';
import { openBlobs } from '../../adapters/object-storage/open-blobs.ts';
import { blobsContract } from './blobs.ts';

const folders: string[] = [];
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'lemma-blobs-'));
  folders.push(made);
  return made;
};
afterAll(() => { for (const each of folders) rmSync(each, { recursive: true, force: true }); });

describe('a folder keeps the contract of blobs', () => {
  blobsContract(async () => {
    const path = folder();
    const blobs = await openBlobs(`file:${path}`);
    return {
      blobs,
      async corrupt(sha256) {
        const file = join(path, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
        chmodSync(file, 0o600);
        writeFileSync(file, 'PRECIOUS');
      },
    };
  });
});

describe('a folder', () => {
  test('is named with file: and a path, or as a file URL', async () => {
    const path = join(folder(), 'made on the way');
    for (const url of [`file:${path}`, pathToFileURL(path).href]) {
      const { sha256 } = await (await openBlobs(url)).write((async function* () { yield Buffer.from('x'); })());
      expect(await fileBlobs(path).exists(sha256), url).toBe(true);
    }
  });

  test('leaves no half-written file behind', async () => {
    const path = folder();
    const blobs = await openBlobs(`file:${path}`);
    await blobs.write((async function* () { yield Buffer.from('whole'); })());
    await blobs.write((async function* () { yield Buffer.from('too large'); })(), 3).catch(() => {});
    expect(readdirSync(join(path, 'coming'))).toEqual([]);
  });

  test.each(['ftp://bucket', 'https://example.org', 'relative/folder', ''])('%s is refused at the start, in one sentence', async (url) => {
    await expect(openBlobs(url)).rejects.toThrow(/artifacts are kept in a folder or in an object store/);
  });

  test('that cannot be written is refused at the start', async () => {
    const file = join(folder(), 'a file');
    writeFileSync(file, '');
    await expect(openBlobs(`file:${file}`)).rejects.toThrow(/cannot be written/);
  });
});
