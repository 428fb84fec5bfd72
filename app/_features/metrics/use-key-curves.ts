'use client';

import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { CurveStore, KeyCurves } from './curve-store.ts';

/** The curves of these metrics, wanted for as long as the chart is there. */
export function useKeyCurves(store: CurveStore, keys: readonly string[]): readonly KeyCurves[] {
  const names = keys.join('\n');
  useEffect(() => {
    const releases = names.split('\n').map((key) => store.want(key));
    return () => { for (const release of releases) release(); };
  }, [store, names]);
  const reader = useMemo(() => snapshots(names.split('\n').map((key) => ({ subscribe: (listener: () => void) => store.subscribe(key, listener), read: () => store.curves(key) }))), [store, names]);
  return useSyncExternalStore(reader.subscribe, reader.read, reader.read);
}

interface Source<Value> { readonly subscribe: (listener: () => void) => () => void; readonly read: () => Value }

/** Several sources as one: another list only when one of them changed. */
function snapshots<Value>(sources: readonly Source<Value>[]): Source<readonly Value[]> {
  let last: readonly Value[] = [];
  return {
    subscribe: (listener) => {
      const leaves = sources.map((source) => source.subscribe(listener));
      return () => { for (const leave of leaves) leave(); };
    },
    read: () => {
      const now = sources.map((source) => source.read());
      if (now.length !== last.length || now.some((value, at) => value !== last[at])) last = now;
      return last;
    },
  };
}
