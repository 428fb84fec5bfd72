'use client';

import { useQuery } from '../../_graphql/use-query.ts';
import { ExperimentDuplicates, RunDuplicates } from './duplicate-documents.ts';
import { DuplicateNotice } from './duplicate-notice.tsx';

/** On a run's page; asked apart from it, so that the page does not wait. */
export function RunDuplicatesNotice({ id, mayWrite }: { readonly id: string; readonly mayWrite: boolean }) {
  const [{ data }] = useQuery({ query: RunDuplicates, variables: { id } });
  const run = data?.run ?? null;
  return run && <DuplicateNotice matches={run.duplicates} reasons={run.duplicateReasons} subject={{ run: id }} mayWrite={mayWrite} />;
}

/** On an experiment's page: what others did before of what its treatments do. */
export function ExperimentDuplicatesNotice({ experimentKey, mayWrite }: { readonly experimentKey: string; readonly mayWrite: boolean }) {
  const [{ data }] = useQuery({ query: ExperimentDuplicates, variables: { key: experimentKey } });
  const experiment = data?.experiment ?? null;
  return experiment && <DuplicateNotice matches={experiment.duplicates} reasons={experiment.duplicateReasons} subject={{ experiment: experimentKey }} mayWrite={mayWrite} />;
}
