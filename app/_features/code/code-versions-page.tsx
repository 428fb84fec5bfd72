'use client';

import Link from 'next/link';
import { useState } from 'react';
import { nameText } from '../../../domain/runs/command-text.ts';
import { failureOf } from '../../_graphql/refusal.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { useCrumbs } from '../../_shell/crumbs.tsx';
import { Absent } from '../../_ui/absent.tsx';
import { Button } from '../../_ui/button.tsx';
import { DataTable, type Column } from '../../_ui/data-table.tsx';
import { count } from '../../_ui/numbers.ts';
import { PageHead } from '../../_ui/section.tsx';
import { Empty } from '../../_ui/waiting.tsx';
import { known, When } from '../datasets/dataset-words.tsx';
import { CodeVersionsQuery, type CodeVersionRow } from './code-documents.ts';
import { versionText } from './code-words.ts';

const PAGE = 50;
/** As many as one answer holds. */
const MOST = 200;

/** /p/<slug>/code: the versions of the code that runs of the project ran. */
export function CodeVersionsPage({ slug }: { readonly slug: string }) {
  const [first, setFirst] = useState(PAGE);
  const [{ data, error, fetching }, again] = useQuery({ query: CodeVersionsQuery, variables: { slug, first }, requestPolicy: 'cache-and-network' });
  const project = data?.project ?? null;
  useCrumbs([{ label: 'Projects', href: '/' }, { label: project?.name ?? slug, href: `/p/${slug}` }, { label: 'Code' }], slug, project?.id ?? null);
  if (!project) return <Absent failure={failureOf(error)} fetching={fetching} what="project" again={again} />;
  const { nodes, totalCount, pageInfo } = project.codeVersions;
  return (
    <>
      <PageHead title="Code" meta={<p className="meta"><span>What the runs of this project ran. A version is a commit with what was uncommitted on top of it.</span></p>} />
      {nodes.length === 0
        ? <Empty fact="No run of this project said which code it ran. A result without its code cannot be done again." steps={[<>Start the script with <code>lemma exec -- python train.py</code>, or call <code>lemma.run(…)</code> in it: commit, uncommitted changes and new files are kept.</>, <>MLflow tells the commit by itself where a script lies in a git repository.</>]} />
        : <div className="mt-4"><DataTable label="Versions of the code" rows={nodes} rowKey={({ run }) => run.id} columns={columnsFor(nodes)} /></div>}
      {pageInfo.hasNextPage ? <p className="hint mt-4">The newest {nodes.length} of {count(totalCount, 'version')}. {first < MOST ? <Button small onClick={() => setFirst(MOST)}>Show more</Button> : null}</p> : null}
    </>
  );
}

const columnsFor = (versions: readonly CodeVersionRow[]): readonly Column<CodeVersionRow>[] => [
  { key: 'version', head: 'version', cell: (version) => <Link className="lk mono" href={`/c/${version.run.id}`}>{versionText(version)}</Link> },
  { key: 'branch', head: 'branch', leaves: 'narrow', width: '160px', cell: ({ branch }) => (branch === null ? <span className="text-ink-3">–</span> : <span className="mono bidi-own">{nameText(branch)}</span>) },
  { key: 'before', head: 'what changed', width: '152px', cell: ({ run }) => <SinceLast run={run.id} versions={versions} /> },
  { key: 'runs', head: 'runs', kind: 'number', width: '64px', cell: ({ runCount }) => known(runCount) },
  { key: 'first', head: 'first used', kind: 'number', leaves: 'wide', width: '96px', cell: ({ firstUsedAt }) => <When at={firstUsedAt} /> },
  { key: 'last', head: 'last used', kind: 'number', leaves: 'narrow', width: '96px', cell: ({ lastUsedAt }) => <When at={lastUsedAt} /> },
];

/** Versions stand newest first: the one before is the next row. */
function SinceLast({ run, versions }: { readonly run: string; readonly versions: readonly CodeVersionRow[] }) {
  const before = versions[versions.findIndex((version) => version.run.id === run) + 1];
  return before === undefined ? <span className="text-ink-3">–</span> : <Link className="lk" href={`/c/${before.run.id}/${run}`}>from the one before<span className="vh">, {versionText(before)}</span></Link>;
}
