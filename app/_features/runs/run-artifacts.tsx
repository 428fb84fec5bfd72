'use client';

import { ChevronRight, File, Folder } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { runsOfAnchor, type ThreadAnchor } from '../../../domain/threads/anchor.ts';
import { failureOf } from '../../_graphql/refusal.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { useAddress } from '../../_ui/use-address.ts';
import { formatBytes } from '../../_ui/numbers.ts';
import { NotRead } from '../../_ui/not-read.tsx';
import { Empty, Loading } from '../../_ui/waiting.tsx';
import { ArtifactPreview } from '../artifacts/artifact-preview.tsx';
import type { TalkedAbout } from '../artifacts/line-pins.ts';
import { PlaceMark } from '../threads/place-mark.tsx';
import { StartThreadDialog } from '../threads/start-thread-dialog.tsx';
import { useOpenPlaces, type OpenPlace } from '../threads/use-threads.ts';
import { ArtifactsQuery, type ArtifactItem, type RunDetail } from './run-documents.ts';

interface RunArtifactsProps {
  readonly run: RunDetail;
  /** The chosen file's path, held in the address. */
  readonly path: string | null;
  readonly onPath: (path: string | null) => void;
}

/** Folders to the left, the chosen file to the right. */
export function RunArtifacts({ run, path, onPath }: RunArtifactsProps) {
  const folder = path === null ? null : parentOf(path);
  const [{ data, fetching, error }, again] = useQuery({ query: ArtifactsQuery, variables: { id: run.id, path: null } });
  const [{ data: inside }] = useQuery({ query: ArtifactsQuery, variables: { id: run.id, path: folder }, pause: folder === null });
  const failure = failureOf(error);
  if (failure !== null) return <NotRead title="The artifacts could not be listed." failure={failure} again={again} />;
  const items = data?.run?.artifacts;
  if (items === undefined) return fetching ? <Loading rows={5} /> : null;
  if (items.length === 0) return <Empty fact="No artifacts." steps={[<>In the training script: <code>mlflow.log_artifact(&quot;plot.png&quot;)</code></>]} />;
  return (
    <div className="files">
      <FileList runId={run.id} items={items} chosen={path} onChoose={onPath} />
      <Chosen run={run} items={[...items, ...(inside?.run?.artifacts ?? [])]} path={path} />
    </div>
  );
}

function Chosen({ run, items, path }: { readonly run: RunDetail; readonly items: readonly ArtifactItem[]; readonly path: string | null }) {
  const { params } = useAddress();
  const file = items.find((item) => item.path === path && !item.isDirectory);
  const threads = useFileThreads(run, path);
  const [anchor, setAnchor] = useState<ThreadAnchor | null>(null);
  const mayComment = run.viewerCan.comment;
  const onComment = useCallback((line: number, quote: string) => setAnchor({ kind: 'artifact', path: path ?? '', run: run.id, line, ...(quote === '' ? {} : { quote }) }), [path, run.id]);
  if (file === undefined) return <p className="text-ink-3">{path === null ? 'Choose a file to look at it.' : ''}</p>;
  return (
    <div className="min-w-0">
      <p className="row mb-2"><span className="hint">Threads on this file</span><PlaceMark anchor={{ kind: 'artifact', path: file.path }} name={file.path} places={threads.ofRun} discussion={`/r/${run.id}?tab=discussion`} onStart={mayComment ? setAnchor : undefined} /></p>
      <ArtifactPreview key={file.path} file={file} talk={{ run: run.id, threads: threads.all, onComment: mayComment ? onComment : undefined, line: lineFrom(params.get('line')) }} />
      <StartThreadDialog anchor={anchor} subject={run.id} onClose={() => setAnchor(null)} />
    </div>
  );
}

const lineFrom = (text: string | null): number | null => (text !== null && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null);

/** Open threads on a file: those about the run, as threads on the whole file, and all that stand at a line of it, those about its experiment too. */
function useFileThreads(run: RunDetail, path: string | null): { readonly ofRun: readonly OpenPlace[]; readonly all: readonly TalkedAbout[] } {
  const ofRun = useOpenPlaces(run.id);
  const ofExperiment = useOpenPlaces(run.experiment.id);
  const [id, key] = [run.id, run.experiment.key];
  return useMemo(() => {
    const onFile = ({ anchor }: OpenPlace): boolean => anchor.kind === 'artifact' && anchor.path === path;
    return {
      ofRun: ofRun.filter(onFile).map((place) => ({ ...place, anchor: { kind: 'artifact', path: path ?? '' } })),
      all: [
        ...ofRun.filter(onFile).map((place) => ({ ...place, discussion: `/r/${id}?tab=discussion` })),
        ...ofExperiment.filter((place) => onFile(place) && runsOfAnchor(place.anchor).includes(id)).map((place) => ({ ...place, discussion: `/e/${key}?tab=discussion`, of: key })),
      ],
    };
  }, [ofRun, ofExperiment, path, id, key]);
}

function parentOf(path: string): string | null {
  const slash = path.lastIndexOf('/');
  return slash > 0 ? path.slice(0, slash) : null;
}

interface FileListProps {
  readonly runId: string;
  readonly items: readonly ArtifactItem[];
  readonly chosen: string | null;
  readonly onChoose: (path: string) => void;
}

function FileList({ runId, items, chosen, onChoose }: FileListProps) {
  const sorted = items.toSorted((a, b) => Number(b.isDirectory) - Number(a.isDirectory) || a.path.localeCompare(b.path, 'en', { numeric: true }));
  return (
    <ul>
      {sorted.map((item) => (item.isDirectory
        ? <FolderRow key={item.path} runId={runId} folder={item} chosen={chosen} onChoose={onChoose} />
        : (
          <li key={item.path}>
            <button type="button" onClick={() => onChoose(item.path)} {...(item.path === chosen ? { 'aria-current': 'true' as const } : {})}>
              <File aria-hidden="true" /><span className="tr">{nameOf(item.path)}</span><span className="num">{item.size === null ? '' : formatBytes(item.size)}</span>
            </button>
          </li>
        )))}
    </ul>
  );
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

function FolderRow({ runId, folder, chosen, onChoose }: { readonly runId: string; readonly folder: ArtifactItem; readonly chosen: string | null; readonly onChoose: (path: string) => void }) {
  const [open, setOpen] = useState(chosen?.startsWith(`${folder.path}/`) ?? false);
  const [{ data }] = useQuery({ query: ArtifactsQuery, variables: { id: runId, path: folder.path }, pause: !open });
  return (
    <li>
      <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
        <ChevronRight aria-hidden="true" style={{ rotate: open ? '90deg' : undefined }} /><Folder aria-hidden="true" /><span className="tr">{nameOf(folder.path)}</span>
      </button>
      {open && <div style={{ paddingLeft: 20 }}>{data?.run ? <FileList runId={runId} items={data.run.artifacts} chosen={chosen} onChoose={onChoose} /> : <Loading rows={2} />}</div>}
    </li>
  );
}
