'use client';

import { useRouter } from 'next/navigation';
import { useMemo, useState, type FormEvent } from 'react';
import { Button } from '../../_ui/button.tsx';
import { count } from '../../_ui/numbers.ts';
import { useAddress } from '../../_ui/use-address.ts';
import { useKeys } from '../../_ui/use-keys.ts';
import { Empty, ErrorNote, Loading } from '../../_ui/waiting.tsx';
import type { ExperimentDetail } from '../experiments/experiment-documents.ts';
import { actionWords, chosenRuns } from './chosen-runs.ts';
import { ColumnPicker } from './column-picker.tsx';
import { ExcludeRunDialog } from './exclude-run-dialog.tsx';
import { columnsFrom, columnsText, defaultColumns, filterText, nextSort, orderText } from './run-columns.ts';
import { RunTable } from './run-table.tsx';
import type { TableRun } from './run-table-documents.ts';
import { useIncludeRuns } from './use-include-runs.ts';
import { useRunTable } from './use-run-table.ts';

const NOBODY: ReadonlySet<string> = new Set();

/** The runs of an experiment: filter, order and columns live in the address; chosen runs can be compared or excluded. */
export function ExperimentRuns({ experiment, metric }: { readonly experiment: ExperimentDetail; readonly metric: string | null }) {
  const address = useAddress();
  const router = useRouter();
  const typed = address.params.get('filter') ?? '';
  const sort = address.params.get('sort');
  const columnParam = address.params.get('cols');
  const columns = useMemo(() => columnsFrom(columnParam) ?? defaultColumns({
    metric, guardrails: experiment.hypothesis?.guardrails ?? [], metricKeys: experiment.metricKeys,
    changedParams: experiment.changedVariables.filter((one) => one.kind === 'CONFIG').map((one) => one.name),
  }), [columnParam, metric, experiment]);
  const filter = filterText(experiment.key, typed);
  const table = useRunTable({ slug: experiment.project.slug, filter, orderBy: orderText(sort), columns, version: `${experiment.runCount} ${experiment.activeRunCount} ${experiment.ailingRunCount} ${experiment.evidenceDigest} ${experiment.evidence.excludedRuns}` });
  const [chosen, setChosen] = useState(NOBODY);
  const [excluding, setExcluding] = useState(false);
  const include = useIncludeRuns();
  const { counting, excluded } = chosenRuns(table.rows, chosen);
  const mayEdit = experiment.viewerCan.edit;
  const includeOne = useMemo(() => (mayEdit ? (run: TableRun) => void include([run]) : undefined), [mayEdit, include]);
  const includeChosen = async (): Promise<void> => {
    if (await include(excluded)) setChosen(NOBODY);
  };
  const choose = (ids: readonly string[], on: boolean): void => setChosen((before) => new Set(on ? [...before, ...ids] : [...before].filter((id) => !ids.includes(id))));
  const compare = (): void => router.push(`/e/${experiment.key}/compare?runs=${[...chosen].join(',')}`);
  useKeys({ c: () => { if (chosen.size > 1) compare(); } });
  return (
    <div className="grid gap-3">
      <FilterLine typed={typed} onFilter={(text) => address.set({ filter: text })} />
      {table.failure !== null && <ErrorNote title={table.failure.code === 'BAD_USER_INPUT' ? 'The filter could not be understood.' : 'The runs could not be read.'}>{table.failure.message}</ErrorNote>}
      <div className="bulk">
        <span className="text-12 text-ink-3" role="status">{chosen.size > 0 ? `${count(chosen.size, 'run')} chosen` : `${count(table.total, 'run')}${typed === '' ? '' : ' match'}`}</span>
        {chosen.size > 0 && <ChosenActions size={chosen.size} counting={counting.length} excluded={excluded.length} mayEdit={mayEdit} onCompare={compare} onExclude={() => setExcluding(true)} onInclude={() => void includeChosen()} onClear={() => setChosen(NOBODY)} />}
        <span className="sp" />
        <ColumnPicker slug={experiment.project.slug} filter={filterText(experiment.key, '')} metricKeys={experiment.metricKeys} columns={columns} onColumns={(next) => address.set({ cols: next === null ? null : columnsText(next) })} />
      </div>
      {table.rows.length === 0 && <NoRows loading={table.loading} failed={table.failure !== null} typed={typed} />}
      {table.rows.length > 0 && <RunTable label={`Runs of ${experiment.key}`} rows={table.rows} columns={columns} sort={sort} onSort={(id) => address.set({ sort: nextSort(sort, id) })} chosen={chosen} onChoose={choose} onEnd={table.more} onInclude={includeOne} />}
      <ExcludeRunDialog open={excluding} onClose={() => setExcluding(false)} runs={counting} onDone={() => setChosen(NOBODY)} />
    </div>
  );
}

interface ChosenActionsProps {
  readonly size: number;
  readonly counting: number;
  readonly excluded: number;
  readonly mayEdit: boolean;
  readonly onCompare: () => void;
  readonly onExclude: () => void;
  readonly onInclude: () => void;
  readonly onClear: () => void;
}

function ChosenActions({ size, counting, excluded, mayEdit, onCompare, onExclude, onInclude, onClear }: ChosenActionsProps) {
  return (
    <>
      <Button small look="primary" disabled={size < 2} onClick={onCompare} hint="C">Compare</Button>
      {mayEdit && counting > 0 && <Button small onClick={onExclude}>{actionWords('Exclude', counting, excluded)}…</Button>}
      {mayEdit && excluded > 0 && <Button small onClick={onInclude}>{actionWords('Include', excluded, counting)} again</Button>}
      <Button small look="bare" onClick={onClear}>Clear</Button>
    </>
  );
}

function NoRows({ loading, failed, typed }: { readonly loading: boolean; readonly failed: boolean; readonly typed: string }) {
  if (loading) return <Loading rows={6} label="Reading the runs" />;
  if (failed) return null;
  return <Empty fact={typed === '' ? 'No runs yet. A verdict needs at least two on each side.' : 'No run matches this filter.'} />;
}

/** A filter is sent when one presses return, not with each letter: half a filter is a wrong one. */
function FilterLine({ typed, onFilter }: { readonly typed: string; readonly onFilter: (text: string | null) => void }) {
  const [text, setText] = useState(typed);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onFilter(text.trim() === '' ? null : text.trim());
  };
  return (
    <form className="row" onSubmit={submit} role="search">
      <input className="field fq wide" aria-label="Filter runs" placeholder="metrics.acc > 0.9 AND params.lr = '0.01'" value={text} onChange={(event) => setText(event.target.value)} spellCheck={false} autoCapitalize="off" autoComplete="off" />
      <Button type="submit">Filter</Button>
      {typed !== '' && <Button look="bare" onClick={() => { setText(''); onFilter(null); }}>Clear</Button>}
    </form>
  );
}
