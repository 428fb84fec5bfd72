'use client';

import { useEffect, useRef, useState } from 'react';
import type { Client } from 'urql';
import { useConnection } from '../../_graphql/connection.ts';
import { usePointsClient } from '../../_graphql/graphql-provider.tsx';
import { inNextFrame } from '../../_ui/next-frame.ts';
import { usePageVisible } from '../../_ui/use-page-visible.ts';
import { CurveStore, type ReadCurves, type Window } from './curve-store.ts';
import { followLive } from './follow-run.ts';
import { RunFeeds } from './run-feeds.ts';

/** Runs with the position of each run's log that they were read at. */
export interface ReadRuns extends ReadCurves {
  readonly runs: readonly (ReadCurves['runs'][number] & { readonly cursor: string })[];
}

export interface CurveSource {
  readonly read: (client: Client, keys: readonly string[], window: Window | null) => Promise<ReadRuns>;
  /** Runs that may still log. */
  readonly live: readonly string[];
  /** Whether all that they log is of interest, or what is in view. */
  readonly follow: 'everything' | 'in view';
  /** Metrics that are known to be there. */
  readonly keys: readonly string[];
  /** Changes when what is shown must be read again: other runs, or one that ended. */
  readonly version: string;
}

/** As many charts as fit on two screens: what came into view is one question. */
const KEYS_A_READING = 16;

/** The curves of some runs: what charts in view show is read, and followed live while the page can be seen. */
export function useCurves(source: CurveSource): CurveStore {
  const client = usePointsClient();
  const { reconnections } = useConnection();
  const visible = usePageVisible();
  const [made] = useState(() => new FollowedCurves(client, source));
  const { store, feeds } = made;
  useEffect(() => made.askFrom(source));
  const { live, follow, keys, version } = source;

  useEffect(() => store.learn(keys), [store, keys]);

  const first = useRef(version);
  useEffect(() => {
    if (first.current === version) return;
    first.current = version;
    store.readAgain();
  }, [store, version]);

  const liveIds = live.join(' ');
  useEffect(() => {
    if (!visible) return undefined;
    const runIds = liveIds === '' ? [] : liveIds.split(' ');
    const followNow = (): void => feeds.follow(runIds, follow === 'everything' ? null : store.wantedKeys());
    followNow();
    // Not as state: a page of a thousand charts would be rendered again whenever one comes into view.
    return follow === 'everything' ? undefined : store.subscribeWants(followNow);
  }, [store, feeds, liveIds, follow, visible]);
  // A hidden page listens to nothing; a connection that came back goes on from where each feed had got to.
  useEffect(() => () => feeds.pause(), [feeds, visible, reconnections]);
  return store;
}

/** A store and the feeds that keep it fresh. Who is asked may change; what is here stays. */
class FollowedCurves {
  readonly store: CurveStore;
  readonly feeds: RunFeeds;
  #source: CurveSource;

  constructor(client: Client, source: CurveSource) {
    this.#source = source;
    this.feeds = new RunFeeds((followed, follower) => followLive(client, followed, follower), (runId, points) => this.store.arrived(runId, points));
    this.store = new CurveStore({ most: KEYS_A_READING, soon: inNextFrame, read: (keys, window) => this.#read(client, keys, window) });
  }

  askFrom(source: CurveSource): void {
    this.#source = source;
  }

  async #read(client: Client, keys: readonly string[], window: Window | null): Promise<ReadRuns> {
    this.feeds.hold();
    const answer = await this.#source.read(client, keys, window);
    for (const { id, cursor } of answer.runs) this.feeds.readAt(id, cursor);
    return answer;
  }
}
