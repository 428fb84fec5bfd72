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
import { DatasetsQuery, type DatasetRow } from './dataset-documents.ts';
import { Digest, known, rolesText, When } from './dataset-words.tsx';

const PAGE = 50;
/** As many as one answer holds. */
const MOST = 200;

/** /p/<slug>/datasets: what the runs of a project read, by name. */
export function DatasetsPage({ slug }: { readonly slug: string }) {
  const [first, setFirst] = useState(PAGE);
  const [{ data, error, fetching }, again] = useQuery({ query: DatasetsQuery, variables: { slug, first }, requestPolicy: 'cache-and-network' });
  const project = data?.project ?? null;
  useCrumbs([{ label: 'Projects', href: '/' }, { label: project?.name ?? slug, href: `/p/${slug}` }, { label: 'Datasets' }], slug, project?.id ?? null);
  if (!project) return <Absent failure={failureOf(error)} fetching={fetching} what="project" again={again} />;
  const { nodes, totalCount, pageInfo } = project.datasets;
  return (
    <>
      <PageHead title="Datasets" meta={<p className="meta"><span>What the runs of this project read. A version is known by the hash of its content.</span></p>} />
      {nodes.length === 0
        ? <Empty fact="No run of this project said which data it read. A result that cannot be traced to its data cannot be repeated." steps={[<>Name it where the run begins: <code>lemma.run(…, datasets={'{'}&quot;train&quot;: &quot;data/train.csv&quot;{'}'})</code>, or <code>lemma exec --dataset train=data/train.csv</code>.</>, <>With MLflow: <code>mlflow.log_input(dataset, context=&quot;train&quot;)</code>.</>]} />
        : <div className="mt-4"><DataTable label="Datasets" rows={nodes} rowKey={({ name }) => name} columns={COLUMNS} /></div>}
      {pageInfo.hasNextPage ? <p className="hint mt-4">The first {nodes.length} of {count(totalCount, 'dataset')}, by name. {first < MOST ? <Button small onClick={() => setFirst(MOST)}>Show more</Button> : null}</p> : null}
    </>
  );
}

const COLUMNS: readonly Column<DatasetRow>[] = [
  { key: 'name', head: 'dataset', cell: ({ name, latest }) => <Link className="lk bidi-own" href={`/d/${latest.id}`}>{nameText(name)}</Link> },
  { key: 'versions', head: 'versions', kind: 'number', width: '80px', cell: ({ versionCount }) => known(versionCount) },
  { key: 'latest', head: 'newest', leaves: 'narrow', width: '120px', cell: ({ latest }) => <Digest of={latest.digest} /> },
  { key: 'rows', head: 'rows', kind: 'number', width: '96px', cell: ({ latest }) => known(latest.rows) },
  { key: 'columns', head: 'columns', kind: 'number', leaves: 'narrow', width: '80px', cell: ({ latest }) => known(latest.columnCount) },
  { key: 'roles', head: 'role', leaves: 'narrow', width: '144px', cell: ({ roles }) => <span className="bidi-own">{rolesText(roles)}</span> },
  { key: 'runs', head: 'runs', kind: 'number', width: '64px', cell: ({ runCount }) => known(runCount) },
  { key: 'first', head: 'first used', kind: 'number', leaves: 'wide', width: '96px', cell: ({ firstUsedAt }) => <When at={firstUsedAt} /> },
  { key: 'last', head: 'last used', kind: 'number', leaves: 'narrow', width: '96px', cell: ({ lastUsedAt }) => <When at={lastUsedAt} /> },
];
