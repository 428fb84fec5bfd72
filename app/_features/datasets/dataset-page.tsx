'use client';

import Link from 'next/link';
import { useState } from 'react';
import { nameText } from '../../../domain/runs/command-text.ts';
import { failureOf } from '../../_graphql/refusal.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { useCrumbs } from '../../_shell/crumbs.tsx';
import { Absent } from '../../_ui/absent.tsx';
import { Button, ButtonLink } from '../../_ui/button.tsx';
import { DataTable, type Column } from '../../_ui/data-table.tsx';
import { count, formatBytes } from '../../_ui/numbers.ts';
import { Meta, PageHead, Section } from '../../_ui/section.tsx';
import { useAddress } from '../../_ui/use-address.ts';
import { DatasetQuery, type DatasetDetail, type DatasetVersion } from './dataset-documents.ts';
import { Digest, known, rolesText, When } from './dataset-words.tsx';
import { VersionDifference } from './version-difference.tsx';
import { VersionRuns } from './version-runs.tsx';

const PAGE = 50;
const MOST = 200;

/** /d/<version>: a dataset in all its versions, the runs that read one of them, and what changed between two. The address holds which. */
export function DatasetPage({ id }: { readonly id: string }) {
  const [first, setFirst] = useState(PAGE);
  const [{ data, error, fetching }, again] = useQuery({ query: DatasetQuery, variables: { version: id, first }, requestPolicy: 'cache-and-network' });
  const dataset = data?.dataset ?? null;
  useCrumbs(crumbsOf(dataset), dataset?.project.slug ?? null, dataset?.project.id ?? null);
  if (!dataset) return <Absent failure={failureOf(error)} fetching={fetching} what="dataset" again={again} />;
  const { nodes, totalCount, pageInfo } = dataset.versions;
  return (
    <>
      <PageHead title={<span className="bidi-own break-words">{nameText(dataset.name)}</span>} meta={<Meta facts={[['versions', known(dataset.versionCount)], ['runs', known(dataset.runCount)], ['role', rolesText(dataset.roles)]]} />}>
        <ButtonLink href={`/p/${dataset.project.slug}/lineage?of=${id}`}>Lineage of this version</ButtonLink>
      </PageHead>
      <Section title="Versions" count={totalCount} aside="newest first">
        <DataTable label="Versions" rows={nodes} rowKey={(version) => version.id} columns={COLUMNS} rowClass={(version) => (version.id === id ? 'me' : undefined)} />
        {pageInfo.hasNextPage ? <p className="hint mt-2">The newest {nodes.length} of {count(totalCount, 'version')}. {first < MOST ? <Button small onClick={() => setFirst(MOST)}>Show more</Button> : null}</p> : null}
      </Section>
      <Compared id={id} versions={nodes} />
      <VersionRuns id={id} digest={nodes.find((version) => version.id === id)?.digest ?? null} />
    </>
  );
}

function crumbsOf(dataset: DatasetDetail | null) {
  if (dataset === null) return [{ label: 'Dataset' }];
  const { slug, name } = dataset.project;
  return [{ label: name, href: `/p/${slug}` }, { label: 'Datasets', href: `/p/${slug}/datasets` }, { label: nameText(dataset.name) }];
}

/** Two versions, each to be chosen; at first this one and the one before it. */
function Compared({ id, versions }: { readonly id: string; readonly versions: readonly DatasetVersion[] }) {
  const { params, set } = useAddress();
  const listed = (given: string | null): string | undefined => versions.find((version) => version.id === given)?.id;
  const to = listed(params.get('to')) ?? id;
  const place = versions.findIndex((version) => version.id === to);
  const from = listed(params.get('from')) ?? (versions[place + 1] ?? versions[place - 1])?.id;
  if (from === undefined) return <Section title="What changed"><p className="mt-2 text-ink-3">There is one version, so nothing to compare it with.</p></Section>;
  return (
    <Section title="What changed">
      <div className="row wrap mt-3">
        <VersionField label="From" value={from} versions={versions} onChange={(version) => set({ from: version, to })} />
        <VersionField label="To" value={to} versions={versions} onChange={(version) => set({ from, to: version })} />
        <Button small onClick={() => set({ from: to, to: from })}>Swap</Button>
      </div>
      <VersionDifference of={id} from={from} to={to} />
    </Section>
  );
}

function VersionField({ label, value, versions, onChange }: { readonly label: string; readonly value: string; readonly versions: readonly DatasetVersion[]; readonly onChange: (id: string) => void }) {
  return (
    <label className="row">
      <span className="hint">{label}</span>
      <select className="field mono ver-field" value={value} onChange={(event) => onChange(event.target.value)}>
        {versions.map((version) => <option key={version.id} value={version.id}>{`${version.digest.slice(0, 12)} ${version.createdAt.slice(0, 10)}`}</option>)}
      </select>
    </label>
  );
}

const COLUMNS: readonly Column<DatasetVersion>[] = [
  { key: 'digest', head: 'content', cell: ({ id, digest }) => <Link className="lk" href={`/d/${id}`}><Digest of={digest} /></Link> },
  { key: 'rows', head: 'rows', kind: 'number', width: '96px', cell: ({ rows }) => known(rows) },
  { key: 'columns', head: 'columns', kind: 'number', width: '80px', leaves: 'narrow', cell: ({ columnCount }) => known(columnCount) },
  { key: 'bytes', head: 'size', kind: 'number', width: '88px', leaves: 'narrow', cell: ({ bytes }) => (bytes === null ? '–' : formatBytes(bytes)) },
  { key: 'roles', head: 'role', width: '144px', leaves: 'narrow', cell: ({ roles }) => <span className="bidi-own">{rolesText(roles)}</span> },
  { key: 'runs', head: 'runs', kind: 'number', width: '64px', cell: ({ runCount }) => known(runCount) },
  { key: 'first', head: 'first used', kind: 'number', leaves: 'wide', width: '96px', cell: ({ firstUsedAt }) => <When at={firstUsedAt} /> },
  { key: 'last', head: 'last used', kind: 'number', leaves: 'narrow', width: '96px', cell: ({ lastUsedAt }) => <When at={lastUsedAt} /> },
];
