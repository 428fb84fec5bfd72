'use client';

import { useEffect, useState } from 'react';
import type { BinaryForm, BinaryTable } from './binary-table.ts';
import type { TableAnswer, TableQuestion } from './table.worker.ts';

const PATIENCE_MS = 30_000;

export type TableReading = { readonly state: 'loading' } | { readonly state: 'failed'; readonly why: string } | { readonly state: 'read'; readonly table: BinaryTable };

const LOADING: TableReading = { state: 'loading' };

/** The first rows of a binary table. A worker of its own reads them, and is ended when nobody waits for it any more or when it takes too long. */
export function useBinaryTable(url: string, size: number, form: BinaryForm): TableReading {
  const [read, setRead] = useState<{ readonly of: string; readonly reading: TableReading } | null>(null);
  const of = `${form} ${size} ${url}`;
  useEffect(() => {
    const worker = new Worker(new URL('./table.worker.ts', import.meta.url), { type: 'module' });
    const end = (reading: TableReading): void => {
      clearTimeout(patience);
      worker.terminate();
      setRead({ of, reading });
    };
    const patience = setTimeout(() => end({ state: 'failed', why: 'Reading it took too long. Download it to look at it.' }), PATIENCE_MS);
    worker.addEventListener('message', ({ data }: MessageEvent<TableAnswer>) => end('table' in data ? { state: 'read', table: data.table } : { state: 'failed', why: `It is damaged, or no ${form === 'parquet' ? 'Parquet' : 'Arrow'} file: ${data.problem}` }));
    worker.addEventListener('error', () => end({ state: 'failed', why: 'It could not be read. Download it to look at it.' }));
    const question: TableQuestion = { url: new URL(url, location.href).href, size, form };
    worker.postMessage(question);
    return () => {
      clearTimeout(patience);
      worker.terminate();
    };
  }, [url, size, form, of]);
  return read?.of === of ? read.reading : LOADING;
}
