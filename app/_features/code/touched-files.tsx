'use client';

import { ChevronDown, ChevronRight } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import type { FunctionChange } from '../../../domain/code/comparison.ts';
import type { TouchedFile } from '../../../domain/code/touched.ts';
import { nameText } from '../../../domain/runs/command-text.ts';
import { Button } from '../../_ui/button.tsx';
import { DataTable } from '../../_ui/data-table.tsx';
import { useAddress } from '../../_ui/use-address.ts';
import { useKeys } from '../../_ui/use-keys.ts';
import { CHANGE_WORDS } from './code-words.ts';
import { useWide, type SideNames } from './side-table.tsx';
import { hasText, openAtFirst } from './opened-files.ts';
import { TouchedLines } from './touched-lines.tsx';
import type { BesideFile } from './use-code-side.ts';

type File = TouchedFile<BesideFile>;

/** Of files beyond this many the names are shown when asked for. */
const MOST_FILES = 50;
/** Every file that differs: those of which lines were kept beside each other, the others by name. N and P lead from change to change. */
export function TouchedFiles({ files, names, compareUrl }: { readonly files: readonly File[]; readonly names: SideNames; readonly compareUrl: string | null }) {
  const { params, set } = useAddress();
  const wide = useWide();
  const box = useRef<HTMLDivElement>(null);
  const [most, setMost] = useState(MOST_FILES);
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const move = (by: 1 | -1): void => goTo(box.current, by);
  const [read, named] = [files.filter(hasText), files.filter((file) => !hasText(file))];
  useKeys(read.length === 0 ? {} : { n: () => move(1), p: () => move(-1) });
  const open = openAtFirst(read);
  const under = params.get('as') === 'unified';
  const toggle = (path: string): void => setToggled(toggled.has(path) ? new Set([...toggled].filter((each) => each !== path)) : new Set([...toggled, path]));
  return (
    <>
      {read.length > 0 && (
        <>
          <div className="row wrap mt-3">
            <Button small onClick={() => move(-1)}>Previous change <kbd className="hk" aria-hidden="true">P</kbd></Button>
            <Button small onClick={() => move(1)}>Next change <kbd className="hk" aria-hidden="true">N</kbd></Button>
            <span className="sp" />
            {wide ? <label className="tick text-12"><input type="checkbox" checked={!under} onChange={() => set({ as: under ? null : 'unified' })} /><span>side by side</span></label> : null}
          </div>
          <div ref={box}>
            {read.slice(0, most).map((file) => <OneFile key={file.path} file={file} names={names} beside={wide && !under} open={open.has(file.path) !== toggled.has(file.path)} onToggle={() => toggle(file.path)} />)}
          </div>
          {read.length > most ? <p className="hint mt-2">{read.length - most} files more. <Button small onClick={() => setMost(most + MOST_FILES)}>Show the next {Math.min(MOST_FILES, read.length - most)}</Button></p> : null}
        </>
      )}
      {named.length > 0 && <ByName files={named} compareUrl={compareUrl} />}
    </>
  );
}

/** The change before or behind the one where the reader is: the focused one, else the one at the top of the screen. */
function goTo(box: HTMLElement | null, by: 1 | -1): void {
  const all = [...(box?.querySelectorAll<HTMLElement>('[data-change]') ?? [])];
  const here = all.findIndex((element) => element === document.activeElement);
  const below = all.findIndex((element) => element.getBoundingClientRect().top >= TOP);
  const from = here >= 0 ? here + by : by > 0 ? below : (below < 0 ? all.length : below) - 1;
  const target = all[from];
  if (target === undefined) return;
  target.scrollIntoView({ block: 'center' });
  target.focus({ preventScroll: true });
}

/** What stands above the page's content, in pixels. */
const TOP = 56;

interface OneFileProps {
  readonly file: File;
  readonly names: SideNames;
  readonly beside: boolean;
  readonly open: boolean;
  readonly onToggle: () => void;
}

function OneFile({ file, names, beside, open, onToggle }: OneFileProps) {
  const head = useId();
  return (
    <section className="sbs-file" aria-labelledby={head}>
      <h3 id={head}>
        {/* A file that is closed is a stop of its own. */}
        <button type="button" aria-expanded={open} onClick={onToggle} {...(open ? {} : { 'data-change': '' })}>
          {open ? <ChevronDown aria-hidden="true" /> : <ChevronRight aria-hidden="true" />}
          <span className="mono bidi-own">{file.renamedFrom === null ? nameText(file.path) : `${nameText(file.renamedFrom)} → ${nameText(file.path)}`}</span>
          <span className="hint">{wordsOf(file)}</span>
        </button>
      </h3>
      {file.hashed !== null && file.hashed.functions.length > 0 ? <p className="hint px-2 pb-2">Functions: <Functions of={file.hashed.functions} /></p> : null}
      {open ? <TouchedLines file={file} names={names} beside={beside} /> : null}
    </section>
  );
}

function wordsOf({ change, hashed, renamedFrom, before, after, certain }: File): string {
  const beside = certain && [before, after].some(({ kind }) => kind === 'untracked') ? ', in no commit' : '';
  return `${renamedFrom !== null ? 'renamed' : certain ? CHANGE_WORDS[change] : 'may differ'}${beside}${hashed?.formOnly === true ? ', only in form: it means the same' : ''}`;
}

const MOST_NAMED = 8;

function Functions({ of }: { readonly of: readonly FunctionChange[] }) {
  const more = of.length - MOST_NAMED;
  return <>{of.slice(0, MOST_NAMED).map(({ name, change }, at) => <span key={name}>{at === 0 ? null : ', '}<code className="bidi-own">{nameText(name)}</code>{change === 'CHANGED' ? null : ` ${CHANGE_WORDS[change]}`}</span>)}{more > 0 ? ` and ${more} more` : null}</>;
}

const MOST_BY_NAME = 100;

function ByName({ files, compareUrl }: { readonly files: readonly File[]; readonly compareUrl: string | null }) {
  const [all, setAll] = useState(false);
  const shown = all ? files : files.slice(0, MOST_BY_NAME);
  return (
    <div className="mt-4">
      <p className="hint mb-2">
        Lemma keeps no text of what is in a commit: of {files.length === 1 ? 'this file' : 'these files'} only the hashes are known.{' '}
        {compareUrl === null ? 'Compare the commits in a clone to see the lines.' : <a className="lk" href={compareUrl} rel="noreferrer noopener" target="_blank">See the lines on {new URL(compareUrl).hostname}</a>}
      </p>
      <DataTable
        label="Files known by their hashes" rows={shown} rowKey={({ path }) => path}
        columns={[
          { key: 'path', head: 'file', width: '40%', cell: ({ path }) => <span className="mono bidi-own break-words">{nameText(path)}</span> },
          { key: 'change', head: 'change', width: '96px', cell: ({ change }) => CHANGE_WORDS[change] },
          { key: 'what', head: 'functions', cell: ({ hashed }) => (hashed === null ? null : hashed.formOnly ? <span className="text-ink-3">none: only the form differs</span> : hashed.functions.length === 0 ? <span className="text-ink-3">–</span> : <Functions of={hashed.functions} />) },
        ]}
      />
      {shown.length < files.length ? <p className="hint mt-2"><Button small onClick={() => setAll(true)}>Show all {files.length}</Button></p> : null}
    </div>
  );
}
