'use client';

import Link from 'next/link';
import { useMemo } from 'react';
import { touchedFiles, type TouchedFile } from '../../../domain/code/touched.ts';
import { nameText } from '../../../domain/runs/command-text.ts';
import { failureOf } from '../../_graphql/refusal.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { Absent } from '../../_ui/absent.tsx';
import { ButtonLink } from '../../_ui/button.tsx';
import { count } from '../../_ui/numbers.ts';
import { PageHead, Section } from '../../_ui/section.tsx';
import { Loading } from '../../_ui/waiting.tsx';
import { CodeComparisonQuery, CodeQuery, type CodeComparison, type CodeRun } from './code-documents.ts';
import { Lacks } from './code-page.tsx';
import { CHANGE_WORDS, versionText } from './code-words.ts';
import { TouchedFiles } from './touched-files.tsx';
import { useCodeCrumbs } from './use-code-crumbs.ts';
import { useCodeSide, type BesideFile } from './use-code-side.ts';

/** /c/<run>/<run>: what differs in the code from one run to the other. */
export function CodeComparisonPage({ from, to }: { readonly from: string; readonly to: string }) {
  const [{ data, error, fetching }, again] = useQuery({ query: CodeComparisonQuery, variables: { from, to }, requestPolicy: 'cache-and-network' });
  const [before, after] = [useRun(from), useRun(to)];
  const project = after?.experiment.project ?? null;
  useCodeCrumbs(project, { label: 'What changed' });
  const comparison = data?.codeComparison ?? null;
  if (comparison === null || before === null || after === null) return <Absent failure={failureOf(error)} fetching={fetching || comparison !== null} what="version of the code" again={again} />;
  return (
    <>
      <ComparisonHead before={before} after={after} compareUrl={comparison.compareUrl} />
      <Compared comparison={comparison} before={before} after={after} />
    </>
  );
}

function ComparisonHead({ before, after, compareUrl }: { readonly before: CodeRun; readonly after: CodeRun; readonly compareUrl: string | null }) {
  return (
    <PageHead title="What changed in the code" meta={<p className="meta"><span>from <Side run={before} /></span><span>to <Side run={after} /></span></p>}>
      <ButtonLink href={`/c/${after.id}/${before.id}`}>Swap</ButtonLink>
      {compareUrl === null ? null : <a className="btn" href={compareUrl} rel="noreferrer noopener" target="_blank">Commits on {new URL(compareUrl).hostname}</a>}
    </PageHead>
  );
}

function useRun(id: string): CodeRun | null {
  const [{ data }] = useQuery({ query: CodeQuery, variables: { id }, requestPolicy: 'cache-and-network' });
  return data?.run ?? null;
}

function Side({ run }: { readonly run: CodeRun }) {
  return <><Link className="lk bidi-own" href={`/r/${run.id}`}>{nameText(run.name)}</Link> <Link className="lk mono" href={`/c/${run.id}`}>{run.codeVersion === null ? 'no code recorded' : versionText(run.codeVersion)}</Link></>;
}

function Compared({ comparison, before, after }: { readonly comparison: CodeComparison; readonly before: CodeRun; readonly after: CodeRun }) {
  const [left, right] = [useCodeSide(before), useCodeSide(after)];
  const files = useMemo(() => (left.side === null || right.side === null ? null : touchedFiles({ from: left.side, to: right.side, changed: comparison.files, same: new Set(comparison.sameFiles) })), [left.side, right.side, comparison]);
  if (files === null) return <Loading rows={6} label="Comparing the code" />;
  return (
    <Section title="Files" count={files.length}>
      <p className="mt-3 font-serif text-17 max-w-[44em]" role="status">{sentenceOf(comparison, files)}</p>
      {comparison.fileCount > comparison.files.length ? <p className="hint mt-2">The first {comparison.files.length} of {count(comparison.fileCount, 'source file')} that differ by their hashes, by path.</p> : null}
      <Lacks of={left.lacks} name={before.name} />
      <Lacks of={right.lacks} name={after.name} />
      {comparison.compareUrl === null ? null : <NotPushed of={[before, after]} host={new URL(comparison.compareUrl).hostname} />}
      {!comparison.complete && before.capture !== null && after.capture !== null ? <p className="hint mt-2">Not both runs name all their source files, so a file that only one names is not said to have come or gone.</p> : null}
      <TouchedFiles files={files} names={{ before: before.name, after: after.name }} compareUrl={comparison.compareUrl} />
    </Section>
  );
}

/** Which commits the forge may not have, so that nobody wonders about a link that leads nowhere. */
function NotPushed({ of, host }: { readonly of: readonly CodeRun[]; readonly host: string }) {
  return of.filter(({ capture }) => capture?.code?.onRemote === false).map(({ id, name }) => <p key={id} className="warn mt-2 max-w-[44em]">The commit of {nameText(name)} was on no remote branch when the run began: unless it was pushed since, {host} does not have it.</p>);
}

const RELATIONS = {
  SAME: 'The commit is the same, and so is what was in no commit.',
  SAME_COMMIT: 'The commit is the same, the changes that were not committed differ.',
  OTHER_COMMIT: 'They are two commits.',
  UNKNOWN: 'A side has no commit, so its files are compared.',
} as const;

/** The finding in one sentence or two. */
export function sentenceOf({ relation, complete }: Pick<CodeComparison, 'relation' | 'complete'>, files: readonly Pick<TouchedFile<BesideFile>, 'change' | 'certain'>[]): string {
  if (relation === 'SAME' && files.length === 0) return 'The code is the same.';
  const parts = (['ADDED', 'REMOVED', 'CHANGED'] as const).flatMap((change) => {
    const many = files.filter((file) => file.certain && file.change === change).length;
    return many === 0 ? [] : [`${count(many, 'file')} ${CHANGE_WORDS[change]}`];
  });
  const open = files.filter(({ certain }) => !certain).length;
  if (open > 0) parts.push(`${count(open, 'file')} that may differ`);
  if (parts.length > 0) return `${parts.join(', ')}. ${RELATIONS[relation]}`;
  return `${RELATIONS[relation]} ${complete ? 'All source files are the same.' : 'Not enough was recorded to say which files differ.'}`;
}
