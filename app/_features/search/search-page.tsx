'use client';

import Link from 'next/link';
import { useRouter, useSearchParams } from 'next/navigation';
import { useEffect, useState } from 'react';
import { failureOf } from '../../_graphql/refusal.ts';
import { useCrumbs } from '../../_shell/crumbs.tsx';
import { useViewer } from '../../_shell/viewer.tsx';
import { Select } from '../../_ui/field.tsx';
import { count } from '../../_ui/numbers.ts';
import { NotRead } from '../../_ui/not-read.tsx';
import { Empty, Loading } from '../../_ui/waiting.tsx';
import { Button } from '../../_ui/button.tsx';
import { useQuery } from '../../_graphql/use-query.ts';
import { triedAddress } from '../tried/tried-address.ts';
import { TriedReadingQuery } from '../tried/tried-documents.ts';
import { TriedExperiments } from './tried-experiments.tsx';
import { OtherFinds } from './other-finds.tsx';
import type { SearchEdge } from './search-results.ts';
import { useSearch } from './use-search.ts';

const PAGE = 50;

/** "What have we tried for …?" The question is the address, so the answer can be sent to a colleague. */
export function SearchPage() {
  const router = useRouter();
  const params = useSearchParams();
  const { projects } = useViewer();
  const project = params.get('project');
  const [text, setText] = useState(params.get('q') ?? '');
  const [first, setFirst] = useState(PAGE);
  const { data, edges, error, fetching, settled, again } = useSearch(text, { project, first });
  const failure = failureOf(error);
  const more = data?.search.pageInfo.hasNextPage === true && edges.length > 0;
  useCrumbs([{ label: 'What have we tried?' }], project);

  useEffect(() => {
    const address = addressFor(settled, project);
    if (address !== `${window.location.pathname}${window.location.search}`) window.history.replaceState(null, '', address);
  }, [settled, project]);

  return (
    <>
      <h1 className="vh">What have we tried{settled ? ` for ${settled}` : ''}?</h1>
      <form role="search" className="askline" onSubmit={(event) => event.preventDefault()}>
        <label className="serif" htmlFor="question">What have we tried for</label>
        <input id="question" className="ask serif" value={text} onChange={(event) => { setText(event.target.value); setFirst(PAGE); }} placeholder="augmentation" autoFocus={text === ''} spellCheck={false} autoComplete="off" />
        <span className="serif" aria-hidden="true">?</span>
      </form>
      <div className="mt-3 flex flex-wrap items-center gap-x-6 gap-y-2">
        <div className="w-[184px]"><Select quiet label="Project" value={project ?? ''} choices={[{ value: '', label: 'all projects' }, ...projects.map(({ slug, name }) => ({ value: slug, label: name }))]} onChoose={(slug) => router.replace(addressFor(settled, slug || null), { scroll: false })} /></div>
        <Standing asked={settled !== ''} total={data?.search.totalCount ?? null} searching={fetching} />
      </div>
      <KnownVariable about={settled} project={project} />
      {failure && !data ? <div className="mt-6"><NotRead title="The search could not be answered." failure={failure} again={again} /></div> : null}
      <Answer settled={settled} edges={edges} fetching={fetching && !data} />
      {more ? <div className="mt-6"><Button onClick={() => setFirst((now) => now + PAGE)} disabled={fetching}>Show more</Button></div> : null}
    </>
  );
}

/** When the words are the name of a variable that experiments varied, there is a page for exactly that. */
function KnownVariable({ about, project }: { readonly about: string; readonly project: string | null }) {
  const [{ data }] = useQuery({ query: TriedReadingQuery, variables: { about, project }, pause: about === '' || about.length > 200 });
  const tried = data?.tried;
  if (about === '' || tried?.reading !== 'VARIABLE' || tried.about !== about) return null;
  return <p className="mt-3"><Link className="lk" href={triedAddress(about, project)}>What have we tried for <span className="mono">{about}</span>?</Link> <span className="hint">{count(tried.experimentCount, 'experiment')} by value, with effects, verdicts and gaps</span></p>;
}

function Standing({ asked, total, searching }: { readonly asked: boolean; readonly total: number | null; readonly searching: boolean }) {
  const said = total === null ? (searching ? 'searching' : '') : `${count(total, 'result')}. Nothing is hidden by outcome, owner or age.`;
  return <p className="hint" role="status">{asked ? said : 'Words of a hypothesis, a parameter, a tag, a comment or console output.'}</p>;
}

function addressFor(text: string, project: string | null): string {
  const query = new URLSearchParams({ ...(text ? { q: text } : {}), ...(project ? { project } : {}) }).toString();
  return query ? `/search?${query}` : '/search';
}

function Answer({ settled, edges, fetching }: { readonly settled: string; readonly edges: readonly SearchEdge[]; readonly fetching: boolean }) {
  if (settled === '') return <div className="mt-8"><Empty fact="Before the next run: has anyone tried it?" steps={['Type what you would change, in your own words.', 'Every experiment that touched it is listed with its effect, supported or not.']} /></div>;
  if (fetching) return <div className="mt-8"><Loading rows={6} label="Searching" /></div>;
  if (edges.length === 0) return <div className="mt-8"><Empty fact="Nobody has tried this, or nobody wrote it down in these words." steps={['Try the name of the parameter, or one word instead of three.']} /></div>;
  return <><TriedExperiments edges={edges} /><OtherFinds edges={edges} /></>;
}
