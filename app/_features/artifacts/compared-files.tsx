'use client';

import { File } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { ThreadAnchor } from '../../../domain/threads/anchor.ts';
import { failureOf } from '../../_graphql/refusal.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { NotRead } from '../../_ui/not-read.tsx';
import { Section } from '../../_ui/section.tsx';
import { useAddress } from '../../_ui/use-address.ts';
import { Loading } from '../../_ui/waiting.tsx';
import { CompareFilesQuery, type ComparedFile } from '../runs/compare-documents.ts';
import { StartThreadDialog } from '../threads/start-thread-dialog.tsx';
import { useOpenPlaces } from '../threads/use-threads.ts';
import { FileDiff, type DiffSide } from './file-diff.tsx';
import { fileNote, otherRun } from './file-note.ts';

/** As many as the server lists. */
const MOST = 100;

interface NamedRun {
  readonly id: string;
  readonly name: string;
}

interface ComparedFilesProps {
  readonly experiment: { readonly id: string; readonly key: string; readonly viewerCan: { readonly comment: boolean } };
  /** The first is what the others are compared with. */
  readonly runs: readonly NamedRun[];
  /** Files that are the same too. */
  readonly all: boolean;
}

/** Text files that the runs logged, those that differ; one of them as a difference, whose lines can be talked about. */
export function ComparedFiles({ experiment, runs, all }: ComparedFilesProps) {
  const { params, set } = useAddress();
  const [{ data, fetching, error }, again] = useQuery({ query: CompareFilesQuery, variables: { runs: runs.map(({ id }) => id) }, requestPolicy: 'cache-and-network', pause: runs.length < 2 });
  const failure = failureOf(error);
  if (runs.length < 2) return null;
  if (failure !== null) return <Section title="Files"><NotRead title="The files of these runs could not be compared." failure={failure} again={again} /></Section>;
  const files = data?.compare.files;
  if (files === undefined) return fetching ? <Section title="Files"><Loading rows={3} label="Comparing the files" /></Section> : null;
  const shown = files.filter(({ differs }) => differs || all);
  const differing = files.filter(({ differs }) => differs).length;
  const chosen = files.find(({ path }) => path === params.get('file'));
  return (
    <Section title="Files" count={differing}>
      {shown.length === 0
        ? <p className="text-ink-3 mt-2">{files.length === 0 ? 'These runs logged no text files. What a training logs with mlflow.log_artifact("train.py") is compared here, line by line.' : 'The text files of these runs are all the same.'}</p>
        : (
          <div className="files over mt-2">
            <ul aria-label="Text files of the runs">{shown.map((file) => (
              <li key={file.path}>
                <button type="button" onClick={() => set({ file: file.path, with: null })} {...(file === chosen ? { 'aria-current': 'true' as const } : {})}>
                  <File aria-hidden="true" /><span className="tr" title={file.path}>{file.path}</span><span className="note-of">{fileNote(file, runs.map(({ name }) => name))}</span>
                </button>
              </li>
            ))}</ul>
            {chosen === undefined ? <p className="text-ink-3">Choose a file to see what differs in it, line by line.</p> : <ChosenFile key={chosen.path} experiment={experiment} runs={runs} file={chosen} />}
          </div>
        )}
      {files.length === MOST && <p className="hint mt-2">The first {MOST} text files, those that differ before the others.</p>}
    </Section>
  );
}

function ChosenFile({ experiment, runs, file }: Pick<ComparedFilesProps, 'experiment' | 'runs'> & { readonly file: ComparedFile }) {
  const { params, set } = useAddress();
  const places = useOpenPlaces(experiment.id);
  const [anchor, setAnchor] = useState<ThreadAnchor | null>(null);
  const named = runs.findIndex(({ id }) => id === params.get('with'));
  const other = named > 0 ? named : otherRun(file);
  const [before, after] = [side(runs, file, 0), side(runs, file, other)];
  const threads = useMemo(() => places.map((place) => ({ ...place, discussion: `/e/${experiment.key}?tab=discussion` })), [places, experiment.key]);
  return (
    <div className="file-diff min-w-0">
      <div className="row mb-2">
        <b className="mono tr" title={file.path}>{file.path}</b>
        <span className="hint">from <b>{before.name}</b> to</span>
        {runs.length === 2
          ? <b className="text-12">{after.name}</b>
          : <select className="field text-12" aria-label="Run to compare with" value={after.run} onChange={(event) => set({ with: event.target.value })}>{runs.slice(1).map(({ id, name }) => <option key={id} value={id}>{name}</option>)}</select>}
      </div>
      <FileDiff
        path={file.path} before={before} after={after} threads={threads}
        onComment={experiment.viewerCan.comment ? ({ run, line, quote }) => setAnchor({ kind: 'artifact', path: file.path, run, line, ...(quote === '' ? {} : { quote }) }) : undefined}
      />
      <StartThreadDialog anchor={anchor} subject={experiment.id} onClose={() => setAnchor(null)} />
    </div>
  );
}

function side(runs: readonly NamedRun[], { values }: ComparedFile, at: number): DiffSide {
  const [run, file] = [runs[at], values[at] ?? null];
  return { run: run?.id ?? '', name: run?.name ?? '', url: file?.url ?? null, sha256: file?.sha256 ?? null };
}
