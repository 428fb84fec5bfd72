'use client';

import { useCallback } from 'react';
import { toast } from 'sonner';
import { useMutation } from 'urql';
import { failureOf } from '../../_graphql/refusal.ts';
import { count } from '../../_ui/numbers.ts';
import { IncludeRun } from './run-documents.ts';

/** Counts excluded runs again, one after the other. Answers whether all went well; what did not is said. */
export function useIncludeRuns(): (runs: readonly { readonly id: string }[]) => Promise<boolean> {
  const [, include] = useMutation(IncludeRun);
  return useCallback(async (runs) => {
    for (const run of runs) {
      const failure = failureOf((await include({ input: { run: run.id } })).error);
      if (failure !== null) {
        toast.error(failure.message);
        return false;
      }
    }
    toast.success(`${count(runs.length, 'run')} ${runs.length === 1 ? 'counts' : 'count'} again. The verdict is being computed again.`);
    return true;
  }, [include]);
}
