'use client';

import { useEffect, useRef, useState } from 'react';
import { toast } from 'sonner';
import { useMutation } from 'urql';
import { FIRST_PANELS, type Panel } from '../../../domain/dashboards/panel.ts';
import { failureOf } from '../../_graphql/refusal.ts';
import { ChangeDashboard, SaveDashboard, type ShownDashboard } from './dashboard-documents.ts';

/** So long after the last move it is saved: a panel walked five places by keyboard is one change. */
const SETTLED_IN_MS = 500;
const FIRST_NAME = 'Overview';

export interface Arrangement {
  readonly panels: readonly Panel[];
  readonly saving: boolean;
  /** Shown at once, saved when it settles. */
  readonly arrange: (panels: readonly Panel[]) => void;
}

/** The panels of a dashboard as they are shown: one's own moves until they are saved, everybody's after that. What others changed meanwhile wins, and is told. */
export function useArrangement({ slug, dashboard, refresh }: { readonly slug: string; readonly dashboard: ShownDashboard | null; readonly refresh: () => void }): Arrangement {
  const [draft, setDraft] = useState<readonly Panel[] | null>(null);
  const [, change] = useMutation(ChangeDashboard);
  const [, create] = useMutation(SaveDashboard);
  // The version that the draft was made upon: what comes in while somebody moves panels must not pass for seen.
  const seen = useRef<{ readonly id: string; readonly version: number } | null>(null);

  useEffect(() => {
    if (draft === null) return undefined;
    const write = async () => {
      const panels = draft.map((panel) => ({ ...panel }));
      const at = seen.current;
      if (at === null) {
        const { data, error } = await create({ input: { project: slug, name: FIRST_NAME, panels } });
        return { saved: data?.saveDashboard.dashboard ?? null, error };
      }
      const { data, error } = await change({ input: { dashboard: at.id, version: at.version, panels } });
      return { saved: data?.changeDashboard.dashboard ?? null, error };
    };
    const save = async (): Promise<void> => {
      const { saved, error } = await write();
      const failure = failureOf(error);
      if (failure) toast.error(failure.message);
      setDraft((now) => (now === draft ? null : now));
      // What was moved while this one was on its way stands upon what was just saved.
      if (saved) seen.current = saved;
      refresh();
    };
    const timer = setTimeout(() => { void save(); }, SETTLED_IN_MS);
    return () => clearTimeout(timer);
  }, [draft, slug, change, create, refresh]);

  return {
    panels: draft ?? (dashboard ? dashboard.panels : FIRST_PANELS),
    saving: draft !== null,
    arrange(panels) {
      const older = dashboard === null || (seen.current?.id === dashboard.id && seen.current.version > dashboard.version);
      if (draft === null && !older) seen.current = dashboard;
      setDraft(panels);
    },
  };
}
