'use client';

import { useEffect, useMemo, useState } from 'react';
import { linesOf } from '../../../domain/artifacts/quoted-line.ts';
import type { PatchFile } from '../../../domain/code/patch.ts';
import { regionsBetween, regionsOfPatch, type Kept, type Region } from '../../../domain/code/regions.ts';
import type { Held, TouchedFile } from '../../../domain/code/touched.ts';
import { Button } from '../../_ui/button.tsx';
import { formatBytes } from '../../_ui/numbers.ts';
import { ErrorNote, Loading } from '../../_ui/waiting.tsx';
import { PREVIEW_BYTES } from '../artifacts/artifact-kind.ts';
import { useFileText, type Reading } from '../artifacts/use-file-text.ts';
import { countLines, foldSides } from './side-row.ts';
import type * as SideRows from './side-rows.ts';
import { SideTable, type SideNames } from './side-table.tsx';
import type { BesideFile } from './use-code-side.ts';

type Parts = typeof SideRows;

/** What tells lines apart, fetched when there are some. */
function useSideRows(): Parts | null {
  const [parts, setParts] = useState<Parts | null>(null);
  useEffect(() => {
    let current = true;
    void import('./side-rows.ts').then((read) => { if (current) setParts(read); });
    return () => { current = false; };
  }, []);
  return parts;
}

interface TouchedLinesProps {
  readonly file: TouchedFile<BesideFile>;
  readonly names: SideNames;
  readonly beside: boolean;
}

/** The text of a file that lay beside the commit, and whether it is only its beginning; empty for what did not. */
function useBeside(held: Held<BesideFile>): Reading | 'missing' {
  const file = held.kind === 'untracked' ? held.file : null;
  const reading = useFileText(file?.url ?? null, file?.sha256 ?? null);
  return file !== null && file.url === null ? 'missing' : reading;
}

/** The lines of one file, as far as they were kept. */
export function TouchedLines(props: TouchedLinesProps) {
  const { file } = props;
  const [old, now] = [useBeside(file.before), useBeside(file.after)];
  if (old === 'missing' || now === 'missing') return <p className="hint p-2">This file has not arrived yet.</p>;
  if (old.state === 'read' && now.state === 'read') return <ReadLines {...props} old={old} now={now} />;
  const failed = [old, now].find((reading) => reading.state === 'failed');
  return failed?.state === 'failed' ? <ErrorNote title="This file could not be read.">{failed.why}</ErrorNote> : <Loading rows={4} label={`Reading ${file.path}`} />;
}

type Read = Extract<Reading, { readonly state: 'read' }>;

function ReadLines({ file, names, beside, old, now }: TouchedLinesProps & { readonly old: Read; readonly now: Read }) {
  const regions = useMemo(() => regionsBetween(keptOf(file.before, old.text), keptOf(file.after, now.text), file.sameBase), [file, old.text, now.text]);
  if (regions === null) return <OwnChanges file={file} names={names} beside={beside} texts={[old.text, now.text]} />;
  return (
    <>
      <Regions path={file.path} names={names} regions={regions} beside={beside && hasBoth(regions)} />
      {(old.cut || now.cut) && <p className="hint p-2">Only the first {formatBytes(PREVIEW_BYTES)} of each side were compared, so the end may seem to differ.</p>}
    </>
  );
}

/** A file that is there on one side only needs no empty half beside it. */
const hasBoth = (regions: readonly Region[]): boolean => [regions.some(({ before }) => before.lines.length > 0), regions.some(({ after }) => after.lines.length > 0)].every(Boolean);

const keptOf = (held: Held<BesideFile>, text: string): Kept => (held.kind === 'untracked' ? { kind: 'whole', lines: linesOf(text) } : held);
const patchOf = (held: Held<BesideFile>): PatchFile | null => (held.kind === 'patched' ? held.file : null);

interface RegionsProps {
  readonly path: string;
  readonly names: SideNames;
  readonly regions: readonly Region[];
  readonly beside: boolean;
}

/** As many rows at once as a browser draws without a pause. */
const MOST_ROWS = 600;

function Regions({ path, names, regions, beside }: RegionsProps) {
  const parts = useSideRows();
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const [most, setMost] = useState(MOST_ROWS);
  const all = useMemo(() => parts?.sideRows(regions) ?? null, [parts, regions]);
  const counted = useMemo(() => (all === null ? null : countLines(all)), [all]);
  const rows = useMemo(() => (all === null ? [] : foldSides(all, opened)), [all, opened]);
  if (all === null || counted === null) return <Loading rows={4} label={`Comparing ${path}`} />;
  if (all.length === 0) return <p className="hint p-2">All lines are the same; only how they end, or the rights of the file, may differ.</p>;
  return (
    <>
      <SideTable path={path} names={names} rows={rows.slice(0, most)} counted={counted} beside={beside} onUnfold={(from) => setOpened(new Set([...opened, from]))} />
      {rows.length > most ? <p className="hint p-2">{(rows.length - most).toLocaleString('en-US')} rows more. <Button small onClick={() => setMost(most + MOST_ROWS)}>Show the next {Math.min(MOST_ROWS, rows.length - most)}</Button></p> : null}
    </>
  );
}

/** The two cannot be laid beside each other: what each side kept is shown by itself. */
function OwnChanges({ file, names, beside, texts }: TouchedLinesProps & { readonly texts: readonly [string, string] }) {
  const sides = [{ held: file.before, name: names.before, text: texts[0] }, { held: file.after, name: names.after, text: texts[1] }];
  const broken = sides.some(({ held }) => patchOf(held)?.broken === true);
  return (
    <>
      {sides.map(({ held, name, text }, at) => <OwnChange key={at === 0 ? 'before' : 'after'} path={file.path} held={held} name={name} text={text} beside={beside} />)}
      <p className="hint p-2">{broken ? 'A patch of this file is damaged or was masked, so the two are not laid beside each other.' : 'The text that the commit holds is not kept, so the two are not laid beside each other.'}</p>
    </>
  );
}

function OwnChange({ path, held, name, text, beside }: { readonly path: string; readonly held: Held<BesideFile>; readonly name: string; readonly text: string; readonly beside: boolean }) {
  const regions = useMemo(() => (held.kind === 'patched' ? regionsOfPatch(held.file) : held.kind === 'untracked' ? [{ heading: '', before: { start: 1, lines: [] }, after: { start: 1, lines: linesOf(text) } }] : []), [held, text]);
  if (held.kind === 'commit') return <p className="hint p-2"><b>{name}</b>: as its commit has it.</p>;
  if (held.kind === 'absent') return <p className="hint p-2"><b>{name}</b>: not there.</p>;
  if (held.kind === 'patched' && held.file.binary) return <p className="hint p-2"><b>{name}</b>: a binary file, changed.</p>;
  return (
    <>
      <p className="hint p-2">{held.kind === 'untracked' ? <><b>{name}</b>: a file in no commit.</> : <>What <b>{name}</b> changed over its own commit:</>}</p>
      <Regions path={`${path} of ${name}`} names={{ before: held.kind === 'untracked' ? 'nothing' : 'its commit', after: name }} regions={regions} beside={beside && hasBoth(regions)} />
    </>
  );
}
