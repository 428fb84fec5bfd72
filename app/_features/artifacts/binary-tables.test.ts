import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { arrowTable } from './arrow-table.ts';
import type { FileParts } from './binary-table.ts';
import { parquetTable } from './parquet-table.ts';

/** Written by pyarrow: test/support/tables/write_tables.py. */
const bytesOf = async (name: string): Promise<Uint8Array> => new Uint8Array(await readFile(new URL(`../../../test/support/tables/${name}`, import.meta.url)));

interface Counted extends FileParts { readonly asked: () => number }

/** A file of which is counted how much is read. */
function partsOf(bytes: Uint8Array): Counted {
  let asked = 0;
  return {
    size: bytes.byteLength, asked: () => asked,
    read: (start, end) => { asked += end - start; return Promise.resolve(bytes.slice(start, end).buffer); },
  };
}

const COLUMNS = ['id', 'label', 'score', 'seen', 'price', 'box', 'at'];
const THIRD = ['2', null, '0.002', '2026-11-30T06:00:02.000Z', '1.25', '[2,2.5]', '{"x":2,"ok":true}'];

describe('a Parquet file', () => {
  it.each(['snappy', 'zstd', 'gzip', 'brotli', 'lz4'])('that is packed with %s tells its columns, its types, its rows and how many there are', async (codec) => {
    const { columns, rows, total, more } = await parquetTable(partsOf(await bytesOf(`${codec}.parquet`)));
    expect(columns.map(({ name }) => name)).toEqual(COLUMNS);
    expect(columns.map(({ type }) => type)).toEqual(['int64', 'string', 'double', 'timestamp', 'decimal(9, 2)', 'list', 'struct']);
    expect([rows.length, total, more]).toEqual([200, 1000, 0]);
    expect(rows[2]).toEqual(THIRD);
    expect(rows[199]?.slice(0, 3)).toEqual(['199', 'émeu', '0.199']);
  });

  it('is read in parts: of each column, also of one of lists, no more than its first pages', async () => {
    const bytes = await bytesOf('pages.parquet');
    const parts = partsOf(bytes);
    const { rows, total } = await parquetTable(parts, { first: 10_000, most: 20_000 });
    expect([rows.length, total, rows[199]]).toEqual([200, 3000, ['199', '[199,199.5]']]);
    // All of so small a file is its footer to the first request.
    expect(parts.asked()).toBe(bytes.byteLength + 2 * 10_000);
  });

  it('of which the first pages are too large shows what can be read, and is not called damaged', async () => {
    const { rows, total } = await parquetTable(partsOf(await bytesOf('pages.parquet')), { first: 500, most: 1_000 });
    expect([rows, total]).toEqual([[], 3000]);
  });

  it('that is damaged, cut off or none at all is refused', async () => {
    const bytes = await bytesOf('zstd.parquet');
    await expect(parquetTable(partsOf(bytes.slice(0, bytes.byteLength - 100)))).rejects.toThrow('footer');
    await expect(parquetTable(partsOf(new TextEncoder().encode('a,b\n1,2\n and so on')))).rejects.toThrow('footer');
    const damaged = bytes.slice();
    damaged.fill(255, 30, 400);
    await expect(parquetTable(partsOf(damaged))).rejects.toThrow(/./);
  });
});

describe('an Arrow file', () => {
  it.each(['lz4.feather', 'zstd.feather', 'plain.arrows'])('%s tells its columns, its types, its rows and how many there are', async (name) => {
    const { columns, rows, total } = await arrowTable(partsOf(await bytesOf(name)));
    expect(columns.map((column) => column.name)).toEqual(COLUMNS);
    expect(columns.map(({ type }) => type).slice(0, 3)).toEqual(['int64', 'string', 'float64']);
    expect([rows.length, total]).toEqual([200, 1000]);
    expect(rows[2]).toEqual(THIRD);
  });
  it('of few rows shows all', async () => {
    const { rows, total } = await arrowTable(partsOf(await bytesOf('plain.arrow')));
    expect([rows.length, total]).toEqual([10, 10]);
  });
  it('that is damaged, cut off or none at all is refused', async () => {
    const bytes = await bytesOf('lz4.feather');
    await expect(arrowTable(partsOf(bytes.slice(0, 2_000)))).rejects.toThrow(/./);
    await expect(arrowTable(partsOf(new TextEncoder().encode('a,b\n1,2\n and so on')))).rejects.toThrow(/./);
  });
});
