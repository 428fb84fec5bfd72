'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { useAddress } from '../../_ui/use-address.ts';
import { useKeys } from '../../_ui/use-keys.ts';
import { NotRead } from '../../_ui/not-read.tsx';
import { Loading } from '../../_ui/waiting.tsx';
import { chosenRuns } from './chosen-runs.ts';
import { ChosenActions } from './chosen-actions.tsx';
import { ExcludeRunDialog } from './exclude-run-dialog.tsx';
import type { Fact, RunColumn } from './run-columns.ts';
import { problemIn, RunFilterLine } from './run-filter-line.tsx';
import { RunTable } from './run-table.tsx';
import type { RunGroup, TableRun } from './run-table-documents.ts';
import { RunTools } from './run-tools.tsx';
import { changeText, stateOf, viewFrom, type RunView } from './run-view.ts';
import { RunsCounted } from './runs-counted.tsx';
import { SavedViews } from './saved-views.tsx';
import { useIncludeRuns } from './use-include-runs.ts';
import { useRunLines } from './use-run-lines.ts';

export interface RunsPanelProps {
  readonly slug: string;
  readonly label: string;
  /** The condition that every run shown meets; empty for all of the project. */
  readonly scope: string;
  readonly usualColumns: readonly RunColumn[];
  readonly facts: readonly Fact[];
  readonly mayEdit: boolean;
  /** What to say where there are no runs at all. */
  readonly none: ReactNode;
}

const NOTHING: ReadonlySet<string> = new Set();

/** The runs table with everything around it. The address holds the whole view. */
export function RunsPanel({ slug, label, scope, usualColumns, facts, mayEdit, none }: RunsPanelProps) {
  const address = useAddress();
  const state = stateOf(address.params);
  const view = useMemo(() => viewFrom(new URLSearchParams(state)), [state]);
  const { set } = address;
  const change = useCallback((next: Partial<RunView>) => set(changeText(next)), [set]);
  const columns = view.columns ?? usualColumns;
  const [openGroups, setOpenGroups] = useState(NOTHING);
  const table = useRunLines({ slug, scope, view, columns, openGroups });
  const { pages, refresh } = table;
  const choice = useChoice(pages);
  const include = useIncludeRuns();
  const includeOne = useMemo(() => (mayEdit ? (run: TableRun) => void include([run]).then(refresh) : undefined), [mayEdit, include, refresh]);
  const toggle = useCallback((group: RunGroup) => setOpenGroups((before) => new Set(before.has(group.filter) ? [...before].filter((each) => each !== group.filter) : [...before, group.filter])), []);
  const before = scope === '' ? 0 : scope.length + ' AND ('.length;
  return (
    <div className="grid gap-3">
      <RunFilterLine key={view.filter} typed={view.filter} failure={table.failure} before={before} onFilter={(filter) => change({ filter })} project={slug} />
      {table.failure !== null && problemIn(table.failure, before) === null && <NotRead title="The runs could not be read." failure={table.failure} again={refresh} />}
      <div className="bulk">
        <RunsCounted table={table} chosen={choice.runs.size} view={view} />
        {choice.runs.size > 0 && <Chosen {...{ choice, mayEdit, refresh }} />}
        <span className="sp" />
        <SavedViews slug={slug} address={address} />
        <RunTools {...{ slug, view, columns, facts }} filter={table.filter} onChange={change} />
      </div>
      <Whole table={table} filtered={view.filter !== ''} none={none}>
        <RunTable label={label} lines={table.lines} pages={pages} marks={table.marks} columns={columns} view={view} onChange={change} onWant={table.want} chosen={choice.ids} onChoose={choice.choose} openGroups={openGroups} onToggle={toggle} onInclude={includeOne} />
      </Whole>
    </div>
  );
}

/** The table, or why there is none. */
function Whole({ table: { total, failure }, filtered, none, children }: { readonly table: ReturnType<typeof useRunLines>; readonly filtered: boolean; readonly none: ReactNode; readonly children: ReactNode }) {
  if (total === undefined) return failure === null ? <Loading rows={6} label="Reading the runs" /> : null;
  if (total > 0) return children;
  return filtered ? <p className="hint">No run matches this filter.</p> : none;
}

interface Choice {
  readonly runs: ReadonlyMap<string, TableRun>;
  readonly ids: ReadonlySet<string>;
  readonly choose: (ids: readonly string[], on: boolean) => void;
  readonly clear: () => void;
}

/** The runs that are chosen, also those that are out of sight, each as it was read last. */
function useChoice(pages: ReturnType<typeof useRunLines>['pages']): Choice {
  const [chosen, setChosen] = useState<ReadonlyMap<string, TableRun>>(new Map());
  const fresh = useMemo(() => new Map(pages.rows().map((run) => [run.id, run])), [pages]);
  const runs = useMemo(() => new Map([...chosen].map(([id, run]) => [id, fresh.get(id) ?? run])), [chosen, fresh]);
  const ids = useMemo(() => new Set(chosen.keys()), [chosen]);
  const choose = useCallback((given: readonly string[], on: boolean) => setChosen((before) => {
    const next = new Map(before);
    for (const id of given) {
      const run = fresh.get(id);
      if (!on) next.delete(id);
      else if (run) next.set(id, run);
    }
    return next;
  }), [fresh]);
  const clear = useCallback(() => setChosen(new Map()), []);
  return { runs, ids, choose, clear };
}

function Chosen({ choice: { runs, ids, clear }, mayEdit, refresh }: { readonly choice: Choice; readonly mayEdit: boolean; readonly refresh: () => void }) {
  const router = useRouter();
  const [excluding, setExcluding] = useState(false);
  const include = useIncludeRuns();
  const { counting, excluded } = chosenRuns([...runs.values()], ids);
  const compare = (): void => {
    const [first] = runs.values();
    if (first && runs.size > 1) router.push(`/e/${first.experiment.key}/compare?runs=${[...ids].join(',')}`);
  };
  const done = (): void => { clear(); refresh(); };
  useKeys({ c: compare });
  return (
    <>
      <ChosenActions size={runs.size} counting={counting.length} excluded={excluded.length} mayEdit={mayEdit} onCompare={compare} onExclude={() => setExcluding(true)} onInclude={() => void include(excluded).then((all) => { if (all) done(); })} onClear={clear} />
      <ExcludeRunDialog open={excluding} onClose={() => setExcluding(false)} runs={counting} onDone={done} />
    </>
  );
}
