'use client';

import { useRouter } from 'next/navigation';
import { useMemo } from 'react';
import { nameText } from '../../../domain/runs/command-text.ts';
import { touchedFiles } from '../../../domain/code/touched.ts';
import { failureOf } from '../../_graphql/refusal.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { Absent } from '../../_ui/absent.tsx';
import { ButtonLink } from '../../_ui/button.tsx';
import { count } from '../../_ui/numbers.ts';
import { Meta, PageHead, Section } from '../../_ui/section.tsx';
import { ErrorNote, Loading } from '../../_ui/waiting.tsx';
import { known, When } from '../datasets/dataset-words.tsx';
import { changesText, OtherFiles } from '../runs/captured-code.tsx';
import { Fact } from '../runs/fact.tsx';
import { CodeQuery, CodeVersionsQuery, type CodeCapture, type CodeRun, type CodeVersion } from './code-documents.ts';
import { CodeRuns } from './code-runs.tsx';
import { versionText } from './code-words.ts';
import { TouchedFiles } from './touched-files.tsx';
import { useCodeCrumbs } from './use-code-crumbs.ts';
import { useCodeSide } from './use-code-side.ts';

/** /c/<run>: the version of the code that a run ran, what was in no commit, and which runs ran it. */
export function CodePage({ id }: { readonly id: string }) {
  const [{ data, error, fetching }, again] = useQuery({ query: CodeQuery, variables: { id }, requestPolicy: 'cache-and-network' });
  const run = data?.run ?? null;
  const project = run?.experiment.project ?? null;
  useCodeCrumbs(project, { label: textOf(run), mono: true });
  if (run === null) return <Absent failure={failureOf(error)} fetching={fetching} what="version of the code" again={again} />;
  if (run.codeVersion === null) return <><PageHead title="Code" /><ErrorNote quiet title={`${run.name} did not say which code it ran.`}><p>Start the script with <code>lemma exec</code>, and commit, changes and new files are kept.</p></ErrorNote></>;
  return <VersionShown run={run} version={run.codeVersion} />;
}

function VersionShown({ run, version }: { readonly run: CodeRun; readonly version: CodeVersion }) {
  const { slug } = run.experiment.project;
  const code = run.capture?.code ?? null;
  return (
    <>
      <PageHead title={<>Code <span className="mono">{versionText(version)}</span></>} meta={<Meta facts={[['runs', known(version.runCount)], ['first used', <When key="first" at={version.firstUsedAt} />], ['last used', <When key="last" at={version.lastUsedAt} />]]} />}>
        <ButtonLink href={`/p/${slug}/lineage?of=${run.id}`}>Lineage</ButtonLink>
      </PageHead>
      {version.commit !== null && code?.onRemote === false && <div className="mt-3"><ErrorNote quiet title="This commit is on no remote branch."><p>Only the machine it was made on has it. Push it, or nobody else can check it out.</p></ErrorNote></div>}
      <VersionFacts version={version} code={code} />
      <CompareWith id={run.id} slug={slug} />
      <Uncommitted run={run} />
      {code !== null && <OtherFiles code={{ ...code, untracked: [] }} runId={run.id} />}
      <CodeRuns id={run.id} />
    </>
  );
}

const textOf = (run: CodeRun | null): string => (run?.codeVersion ? versionText(run.codeVersion) : 'not recorded');

function VersionFacts({ version, code }: { readonly version: CodeVersion; readonly code: CodeCapture | null }) {
  return (
    <dl className="dl mt-3">
      <Fact name="commit">{version.commit === null ? 'no commit' : version.commitUrl === null ? version.commit : <a className="lk" href={version.commitUrl} rel="noreferrer noopener" target="_blank">{version.commit}</a>}</Fact>
      <Fact name="branch">{version.branch === null ? (version.commit === null || code === null ? null : 'none: a detached head') : nameText(version.branch)}</Fact>
      <Fact name="from">{version.repository}</Fact>
      <Fact name="script">{code?.script ?? version.source}</Fact>
      <Fact name="changes">{code === null ? (version.dirty ? 'uncommitted, and not kept' : 'none that its client told of') : changesText({ ...code, dirty: version.dirty })}</Fact>
      <Fact name="read">{code === null || code.sourceFiles === 0 ? null : count(code.sourceFiles, 'source file')}</Fact>
    </dl>
  );
}

/** What the run had on top of its commit. */
function Uncommitted({ run }: { readonly run: CodeRun }) {
  const { side, lacks } = useCodeSide(run);
  const files = useMemo(() => (side === null ? null : touchedFiles({ from: { commit: side.commit, patch: [], untracked: [] }, to: side, changed: [], same: new Set() })), [side]);
  const version = run.codeVersion;
  if (files === null) return <Section title="In no commit"><Loading rows={4} label="Reading the changes" /></Section>;
  return (
    <Section title="In no commit" count={files.length}>
      {files.length === 0 && lacks.length === 0 ? <p className="mt-2 text-ink-3">Nothing: the commit is what ran.</p> : null}
      <Lacks of={lacks} />
      <TouchedFiles files={files} names={{ before: version?.commit ? version.commit.slice(0, 10) : 'nothing', after: run.name }} compareUrl={null} />
    </Section>
  );
}

/** What is not known, in sentences; nothing where all is. */
export function Lacks({ of, name }: { readonly of: readonly string[]; readonly name?: string }) {
  return of.length === 0 ? null : <ul className="mt-2 text-ink-2">{of.map((lack) => <li key={lack}>{name === undefined ? null : <><b>{name}</b>: </>}{lack}</li>)}</ul>;
}

const MOST_OFFERED = 50;

/** Leads to what changed from another version of the project to this one. */
function CompareWith({ id, slug }: { readonly id: string; readonly slug: string }) {
  const router = useRouter();
  const [{ data }] = useQuery({ query: CodeVersionsQuery, variables: { slug, first: MOST_OFFERED } });
  const others = (data?.project?.codeVersions.nodes ?? []).filter(({ run }) => run.id !== id);
  if (others.length === 0) return null;
  return (
    <p className="row wrap mt-3">
      <label className="row wrap min-w-0">
        <span className="hint">What changed to this version from</span>
        <select className="field mono ver-field min-w-0 max-w-full" value="" onChange={(event) => { if (event.target.value !== '') router.push(`/c/${event.target.value}/${id}`); }}>
          <option value="">another version</option>
          {others.map((version) => <option key={version.run.id} value={version.run.id}>{`${versionText(version)}, ${version.lastUsedAt?.slice(0, 10) ?? ''}`}</option>)}
        </select>
      </label>
    </p>
  );
}
