'use client';

import { useCallback } from 'react';
import { Discussion } from '../threads/discussion.tsx';
import type { ExperimentDetail } from './experiment-documents.ts';

/** What is said about an experiment: on its page and on the stage of a meeting. */
export function ExperimentDiscussion({ experiment }: { readonly experiment: ExperimentDetail }) {
  const { evidenceDigest } = experiment;
  const dataNow = useCallback(() => evidenceDigest, [evidenceDigest]);
  return <Discussion dataNow={dataNow} subject={experiment.id} mayComment={experiment.viewerCan.comment} draftAnchor={null} emptyFact="Nothing has been said about this experiment yet. A thread can point at the verdict or at a point of a curve." />;
}
