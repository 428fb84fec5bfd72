'use client';

import type { ResultOf } from '../../_graphql/graphql.ts';
import { isUnderWay } from '../../_graphql/under-way.ts';
import { useLive } from '../../_graphql/use-live.ts';
import { ExperimentChanged } from './experiment-documents.ts';

/** Calls `refresh` when anything of the experiment changed but what its reviews say: that is there already. */
export function useExperimentNews(key: string, refresh: () => void): void {
  useLive(ExperimentChanged, [{ key }], refresh, isTold);
}

const isTold = ({ experimentChanged: { reviewed } }: ResultOf<typeof ExperimentChanged>): boolean => reviewed !== null && !isUnderWay('ReviewParts');
