'use client';

import { Discussion } from '../threads/discussion.tsx';
import type { ExperimentDetail } from './experiment-documents.ts';

/** What is said about an experiment: on its page and on the stage of a meeting. */
export const ExperimentDiscussion = ({ experiment }: { readonly experiment: ExperimentDetail }) => (
  <Discussion dataNow={() => experiment.evidenceDigest} subject={experiment.id} mayComment={experiment.viewerCan.comment} draftAnchor={null} emptyFact="Nothing has been said about this experiment yet. A thread can point at the verdict or at a point of a curve." />
);
