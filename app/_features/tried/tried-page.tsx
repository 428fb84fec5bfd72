'use client';

import { useRouter, useSearchParams } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import { failureOf } from '../../_graphql/refusal.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { useCrumbs } from '../../_shell/crumbs.tsx';
import { useViewer } from '../../_shell/viewer.tsx';
import { Button } from '../../_ui/button.tsx';
import { Select } from '../../_ui/field.tsx';
import { count, formatNumber } from '../../_ui/numbers.ts';
import { NotRead } from '../../_ui/not-read.tsx';
import { Empty, Loading } from '../../_ui/waiting.tsx';
import { useSettled } from '../search/use-search.ts';
import { triedAddress } from './tried-address.ts';
import { TriedDiscussion } from './tried-discussion.tsx';
import { TriedQuery, type TriedAnswer } from './tried-documents.ts';
import { TriedSummary } from './tried-summary.tsx';
import { TriedTables } from './tried-tables.tsx';

const PAGE = 200;
/** Words are asked once the writer pauses. */
const PAUSE_IN_MS = 300;

/** /p/<slug>/tried?about=lr and /tried?about=lr: everything that was tried about something, whatever came of it. The question is the address. */
export function TriedPage({ slug }: { readonly slug: string | null }) {
  const { projects } = useViewer();
  const { text, setText, about } = useQuestion(slug);
  const here = projects.find((project) => project.slug === slug) ?? null;
  useCrumbs(slug === null ? [{ label: 'What have we tried?' }] : [{ label: here?.name ?? slug, href: `/p/${slug}` }, { label: 'What have we tried?' }], slug, here?.id ?? null);
  return (
    <>
      <h1 className="vh">What have we tried{about ? ` for ${about}` : ''}?</h1>
      <form role="search" className="askline" onSubmit={(event) => event.preventDefault()}>
        <label className="serif" htmlFor="about">What have we tried for</label>
        <input id="about" className="ask serif" value={text} onChange={(event) => setText(event.target.value)} placeholder="lr" autoFocus={text === ''} spellCheck={false} autoComplete="off" maxLength={200} />
        <span className="serif" aria-hidden="true">?</span>
      </form>
      <InProject about={about} slug={slug} />
      {about === '' ? <div className="mt-8"><Empty fact="Before the next run: has anyone tried it?" steps={['Write the name of a param, a package, a dataset or a file, such as lr; or a few words, such as augmentation.', 'Every experiment that touched it is listed by value, with its effect against its own baseline, supported or not.', 'What nobody tried between the values is said too.']} /></div> : <Answer key={`${slug} ${about}`} about={about} slug={slug} />}
    </>
  );
}

/** The question as it is typed, and as the address says it once the writer pauses; a link to another question on this page is followed. */
function useQuestion(slug: string | null) {
  const asked = useSearchParams().get('about') ?? '';
  const [text, setText] = useState(asked);
  const written = useRef(asked);
  const about = useSettled(text.trim(), PAUSE_IN_MS);
  useEffect(() => {
    if (asked === written.current) return;
    written.current = asked;
    setText(asked);
  }, [asked]);
  useEffect(() => {
    const address = triedAddress(about, slug);
    if (address === `${window.location.pathname}${window.location.search}`) return;
    written.current = about;
    window.history.replaceState(null, '', address);
  }, [about, slug]);
  return { text, setText, about };
}

function InProject({ about, slug }: { readonly about: string; readonly slug: string | null }) {
  const router = useRouter();
  const { projects } = useViewer();
  const choices = [{ value: '', label: 'all projects' }, ...projects.map((project) => ({ value: project.slug, label: project.name }))];
  return <div className="mt-3 w-[184px]"><Select quiet label="Project" value={slug ?? ''} choices={choices} onChoose={(chosen) => router.replace(triedAddress(about, chosen || null), { scroll: false })} /></div>;
}

function Answer({ about, slug }: { readonly about: string; readonly slug: string | null }) {
  const variables = { about, project: slug, first: PAGE };
  const [{ data, error, fetching }, again] = useQuery({ query: TriedQuery, variables, requestPolicy: 'cache-and-network' });
  const client = useClient();
  const [later, setLater] = useState<TriedAnswer['rows'] | null>(null);
  const failure = failureOf(error);
  if (failure && !data) return <div className="mt-6"><NotRead title="What was tried could not be read." failure={failure} again={again} /></div>;
  if (!data) return fetching ? <div className="mt-8"><Loading rows={6} label="Looking" /></div> : null;
  const nodes = [...data.tried.rows.nodes, ...(later?.nodes ?? [])];
  const { hasNextPage, endCursor } = (later ?? data.tried.rows).pageInfo;
  const tried = { ...data.tried, rows: { ...data.tried.rows, nodes } };
  const readMore = async (): Promise<void> => {
    const { data: more } = await client.query(TriedQuery, { ...variables, after: endCursor }).toPromise();
    if (more) setLater({ ...more.tried.rows, nodes: [...(later?.nodes ?? []), ...more.tried.rows.nodes] });
  };
  return (
    <>
      <TriedSummary tried={tried} slug={slug} />
      {nodes.length === 0 ? <NothingTried tried={tried} /> : <TriedTables tried={tried} slug={slug} />}
      {hasNextPage ? <p className="hint mt-4">The first {formatNumber(nodes.length)} of {count(tried.rows.totalCount, 'row')}. The CSV file has them all. <Button small onClick={() => void readMore()}>Show more</Button></p> : null}
      <TriedDiscussion tried={tried} />
    </>
  );
}

function NothingTried({ tried }: { readonly tried: TriedAnswer }) {
  const fact = tried.loggedOnly ? <><span className="mono">{tried.about}</span> is logged, but no experiment varied it: every run of an experiment has the same value.</> : 'Nobody has tried this, or nobody called it so.';
  const steps = tried.loggedOnly
    ? ['Start two runs of one experiment with different values, several seeds each.', 'Choose the baseline on the experiment’s page; what the other changed is then listed here with its effect.']
    : ['Try the name of the param as the code logs it, or one word instead of three.', 'Search looks into tags, runs and console output too.'];
  return <div className="mt-8"><Empty fact={fact} steps={steps} /></div>;
}
