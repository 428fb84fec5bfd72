'use client';

import Link from 'next/link';
import { nameText } from '../../../domain/runs/command-text.ts';
import { Copyable } from '../../_ui/copyable.tsx';
import { DataTable } from '../../_ui/data-table.tsx';
import { formatBytes } from '../../_ui/numbers.ts';
import { Section } from '../../_ui/section.tsx';
import { ErrorNote } from '../../_ui/waiting.tsx';
import { ArtifactPreview } from '../artifacts/artifact-preview.tsx';
import { artifactHref } from './artifact-href.ts';
import type { CapturedCode } from './capture-documents.ts';
import { Fact } from './fact.tsx';

/** Which code ran: the commit and where it can be read, and everything that was in no commit. */
export function CapturedCodePart({ code, runId }: { readonly code: CapturedCode; readonly runId: string }) {
  return (
    <Section title="Code" aside={<Link className="lk text-12" href={`/c/${runId}`}>Side by side, and who else ran it</Link>}>
      {code.commit !== null && code.onRemote === false && (
        <div className="mt-3"><ErrorNote quiet title="This commit is on no remote branch."><p>Only the machine it was made on has it. Push it, or nobody else can check it out.</p></ErrorNote></div>
      )}
      <dl className="dl mt-3">
        <Fact name="commit">
          {code.commit === null ? 'no commit' : code.commitUrl === null ? code.commit : <a className="lk" href={code.commitUrl} rel="noreferrer noopener" target="_blank">{code.commit}</a>}
        </Fact>
        <Fact name="branch">{code.branch ?? (code.commit === null ? null : 'none: a detached head')}</Fact>
        <Fact name="from">{code.repository}</Fact>
        <Fact name="script">{code.script}</Fact>
        <Fact name="changes">{changesText(code)}</Fact>
        <Fact name="read">{code.sourceFiles === 0 ? null : `${code.sourceFiles.toLocaleString('en-US')} source ${code.sourceFiles === 1 ? 'file' : 'files'}`}</Fact>
      </dl>
      <Changes code={code} runId={runId} />
      <OtherFiles code={code} runId={runId} />
    </Section>
  );
}

/** What was in no commit, in a few words. */
export function changesText({ dirty, diff, untracked }: Pick<CapturedCode, 'dirty' | 'untracked'> & { readonly diff: Omit<NonNullable<CapturedCode['diff']>, 'file'> | null }): string {
  if (diff !== null) return `uncommitted, ${formatBytes(diff.bytes)}, ${diff.sha256.slice(0, 12)}${diff.masked === 0 ? '' : `, ${diff.masked} ${diff.masked === 1 ? 'secret' : 'secrets'} masked`}`;
  if (dirty) return 'uncommitted, and not kept';
  return untracked.length === 0 ? 'none: the commit is what ran' : 'none in files that git knows';
}

const WRITTEN_OVER = 'This is not the file that was captured: its SHA-256 is another one.';

function Changes({ code: { diff }, runId }: { readonly code: CapturedCode; readonly runId: string }) {
  if (diff === null) return null;
  if (diff.file === null) return <p className="hint mt-3">The uncommitted changes have not arrived yet.</p>;
  return (
    <div className="mt-4">
      {diff.file.sha256 !== diff.sha256 && <div className="mb-2"><ErrorNote title={WRITTEN_OVER} /></div>}
      <ArtifactPreview file={diff.file} talk={{ run: runId, threads: [], onComment: undefined, line: null }} />
      <p className="hint mt-2"><Link className="lk" href={artifactHref(runId, diff.file.path)}>Talk about its lines among the artifacts</Link></p>
    </div>
  );
}

const UNTRACKED = 'lemma/code/untracked/';

/** What lay beside the commit, what was seen and not kept, and which commits the submodules are at. */
export function OtherFiles({ code: { untracked, leftOut, submodules }, runId }: { readonly code: Pick<CapturedCode, 'untracked' | 'leftOut' | 'submodules'>; readonly runId: string }) {
  return (
    <>
      {untracked.length > 0 && (
        <div className="mt-4">
          <p className="hint mb-2">In no commit, and kept</p>
          <DataTable
            label="Untracked files" rows={untracked} rowKey={({ path }) => path}
            columns={[
              { key: 'path', head: 'file', cell: ({ path }) => <Link className="lk mono bidi-own" href={artifactHref(runId, UNTRACKED + path)}>{nameText(path)}</Link> },
              { key: 'bytes', head: 'size', kind: 'number', cell: ({ bytes }) => formatBytes(bytes), width: '96px' },
            ]}
          />
        </div>
      )}
      {leftOut.length > 0 && (
        <div className="mt-4">
          <p className="hint mb-2">Seen, and left out</p>
          <DataTable
            label="Files left out" rows={leftOut} rowKey={({ path, why }) => `${path} ${why}`}
            columns={[
              { key: 'path', head: 'file', cell: ({ path }) => <span className="mono bidi-own">{nameText(path)}</span> },
              { key: 'why', head: 'why', cell: ({ why }) => <span className="bidi-own">{why}</span> },
              { key: 'bytes', head: 'size', kind: 'number', cell: ({ bytes }) => (bytes === null ? '–' : formatBytes(bytes)), width: '96px' },
            ]}
          />
        </div>
      )}
      {submodules.length > 0 && (
        <div className="mt-4">
          <p className="hint mb-2">Submodules</p>
          <dl className="dl">{submodules.map(({ path, commit, dirty }) => <Fact key={path} name={path}>{`${commit ?? 'no commit'}${dirty ? ', with uncommitted changes' : ''}`}</Fact>)}</dl>
        </div>
      )}
    </>
  );
}

/** The command as one would type it again, and where. */
export function CapturedCommand({ line, folder }: { readonly line: string; readonly folder: string | null }) {
  return (
    <Section title="Command" aside={folder === null || folder === '' || folder === '.' ? undefined : `in ${folder}`}>
      <div className="mt-3">{line === '' ? <p className="text-ink-3">The command line is not known.</p> : <Copyable text={line} label="command line" />}</div>
    </Section>
  );
}
