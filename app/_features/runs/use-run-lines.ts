'use client';

import { useCallback, useEffect, useMemo } from 'react';
import type { SeriesStyle } from '../../_charts/chart-series.ts';
import type { Failure } from '../../_graphql/refusal.ts';
import { useLive } from '../../_graphql/use-live.ts';
import { ProjectUpdated } from '../projects/project-query.ts';
import { bothFilters, orderText, type RunColumn } from './run-columns.ts';
import { RunLines } from './run-lines.ts';
import { marksOf } from './run-marks.ts';
import type { Range, RunPages } from './run-pages.ts';
import { isColouredApart, type RunView } from './run-view.ts';
import { useRunGroups, type RunGroups } from './use-run-groups.ts';
import { useRunPages } from './use-run-pages.ts';

export interface RunTableLines {
  /** The condition of everything shown, the page's own and what was typed. */
  readonly filter: string;
  readonly lines: RunLines;
  readonly pages: RunPages;
  /** Runs that match; undefined until that is known. */
  readonly total: number | undefined;
  /** How many groups there are; null where nothing is grouped. */
  readonly groups: number | null;
  readonly groupsShown: number;
  readonly marks: ((value: string | null) => SeriesStyle) | null;
  readonly failure: Failure | null;
  readonly want: (ranges: readonly Range[]) => void;
  readonly refresh: () => void;
}

interface Question { readonly slug: string; readonly scope: string; readonly view: RunView; readonly columns: readonly RunColumn[]; readonly openGroups: ReadonlySet<string> }

/** What the lines of the table are, kept fresh while it is open. */
export function useRunLines({ slug, scope, view, columns, openGroups }: Question): RunTableLines {
  const filter = bothFilters(scope, view.filter);
  const metric = columns.find(({ kind }) => kind === 'metric')?.key ?? null;
  const grouped = useRunGroups({ slug, filter, by: view.group ?? view.colour, metric });
  const coloured = useRunGroups({ slug, filter, by: isColouredApart(view) ? view.colour : null, metric: null });
  // Rows are read with the params and tags that their colour comes from.
  const read = useMemo(() => [...columns, ...[view.colour, view.group].filter((column) => column !== null)], [columns, view.colour, view.group]);
  const { pages, failure, want, refresh: refreshPages } = useRunPages({ slug, orderBy: orderText(view.sort), columns: read });
  const ofList = pages.totalOf(filter);
  const lines = useMemo(() => (view.group === null
    ? RunLines.ofList(filter, ofList ?? 0)
    : RunLines.ofGroups(grouped.groups, { open: openGroups, listOf: (group) => bothFilters(filter, group.filter) })), [view.group, grouped.groups, openGroups, filter, ofList]);
  const { refresh: refreshGroups } = grouped;
  const { refresh: refreshColours } = coloured;
  const refresh = useCallback(() => { refreshPages(); refreshGroups(); refreshColours(); }, [refreshPages, refreshGroups, refreshColours]);
  useLive(ProjectUpdated, [{ slug }], refresh);
  const total = view.group === null ? ofList : grouped.loaded ? grouped.runs : undefined;
  // The first page, before there is a table that says what is in sight.
  useEffect(() => { if (view.group === null && !total) want([{ list: filter, from: 0, to: 50 }]); }, [view.group, filter, want, total]);
  const marks = useMarks(view, grouped.groups, coloured.groups);
  return { filter, lines, pages, total, groups: view.group !== null && grouped.loaded ? grouped.total : null, groupsShown: grouped.groups.length, marks, failure: failure ?? grouped.failure ?? coloured.failure, want, refresh };
}

/** A colour for each value of the column that runs are coloured by; null where none is. */
function useMarks(view: RunView, grouped: RunGroups['groups'], coloured: RunGroups['groups']): RunTableLines['marks'] {
  const plain = view.colour === null && view.group === null;
  const groups = isColouredApart(view) ? coloured : grouped;
  return useMemo(() => (plain ? null : marksOf(groups)), [plain, groups]);
}
