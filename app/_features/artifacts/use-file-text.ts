'use client';

import { useEffect, useState } from 'react';
import { FROM_HERE_HEADER } from '../../../contracts/artifact-reading.ts';
import { PREVIEW_BYTES } from './artifact-kind.ts';

export type Reading = { readonly state: 'loading' } | { readonly state: 'failed'; readonly why: string } | { readonly state: 'read'; readonly text: string; readonly cut: boolean };

const LOADING: Reading = { state: 'loading' };
const NOTHING: Reading = { state: 'read', text: '', cut: false };

/** Reads at most half a megabyte, or `most` bytes, and stops the download there; without an address there is nothing to read. `version` is what the file's content is known by: another one is read again. */
export function useFileText(url: string | null, version: string | null, most = PREVIEW_BYTES): Reading {
  const [read, setRead] = useState<{ readonly of: string; readonly reading: Reading } | null>(null);
  const of = `${url} ${version}`;
  useEffect(() => {
    if (url === null) return undefined;
    const stop = new AbortController();
    readStart(url, most, stop.signal).then(
      (text) => setRead({ of, reading: { state: 'read', ...text } }),
      (problem: unknown) => {
        if (!stop.signal.aborted) setRead({ of, reading: { state: 'failed', why: problem instanceof Error ? problem.message : 'The file could not be read.' } });
      },
    );
    return () => stop.abort();
  }, [url, of, most]);
  if (url === null) return NOTHING;
  return read?.of === of ? read.reading : LOADING;
}

async function readStart(url: string, most: number, signal: AbortSignal): Promise<{ text: string; cut: boolean }> {
  const response = await fetch(url, { signal, credentials: 'same-origin', headers: { [FROM_HERE_HEADER]: '1' } });
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  const reader = response.body?.getReader();
  if (reader === undefined) return { text: await response.text(), cut: false };
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { text: text + decoder.decode(), cut: false };
    bytes += value.length;
    text += decoder.decode(value, { stream: true });
    if (bytes >= most) {
      await reader.cancel();
      return { text, cut: true };
    }
  }
}
