'use client';

import Link from 'next/link';
import { useRouter, useSearchParams } from 'next/navigation';
import { useEffect, useRef, useState, type RefObject } from 'react';
import { failureOf } from '../../_graphql/refusal.ts';
import { useCrumbs } from '../../_shell/crumbs.tsx';
import { useViewer } from '../../_shell/viewer.tsx';
import { Select } from '../../_ui/field.tsx';
import { count } from '../../_ui/numbers.ts';
import { NotRead } from '../../_ui/not-read.tsx';
import { Empty, Loading } from '../../_ui/waiting.tsx';
import { Button } from '../../_ui/button.tsx';
import { useQuery } from '../../_graphql/use-query.ts';
import { SavedSearchMenu } from '../saved-searches/saved-search-menu.tsx';
import { useSavedSearches } from '../saved-searches/use-saved-searches.ts';
import { triedAddress } from '../tried/tried-address.ts';
import { TriedReadingQuery } from '../tried/tried-documents.ts';
import { readQuestion } from '../../../domain/search/read-question.ts';
import { FacetChoices } from './facet-choices.tsx';
import { FilterInput } from './filter-input.tsx';
import { FoundRuns } from './found-runs.tsx';
import { NothingAsked } from './nothing-asked.tsx';
import { searchAddressFrom, searchHref, toggled, type FacetName, type SearchAddress } from './search-address.ts';
import { TriedExperiments } from './tried-experiments.tsx';
import { OtherFinds } from './other-finds.tsx';
import type { ResultOf } from '../../_graphql/graphql.ts';
import type { SearchEdge, SearchQuery } from './search-results.ts';
import { useFound, useSettled } from './use-search.ts';

const PAGE = 50;

/** "What have we tried for …?" One box for words and for filters; the question is the address, so the answer can be sent to a colleague. */
export function SearchPage() {
  const router = useRouter();
  const address = searchAddressFrom(useSearchParams());
  const { projects } = useViewer();
  const { project, asWords } = address;
  const box = useRef<HTMLInputElement | null>(null);
  const { text, setText, settled } = useQuestion(address.text, box);
  const saved = useSavedSearches();
  const here = { ...address, text: settled };
  const go = (change: Partial<SearchAddress>): void => router.replace(searchHref({ ...here, ...change }), { scroll: false });
  useCrumbs([{ label: 'What have we tried?' }], project);

  return (
    <>
      <h1 className="vh">What have we tried{settled ? ` for ${settled}` : ''}?</h1>
      <form role="search" className="askline" onSubmit={(event) => event.preventDefault()}>
        <label className="serif" htmlFor="question">What have we tried for</label>
        <FilterInput ref={box} id="question" className="ask serif" text={text} onText={setText} project={project} takesWords placeholder="augmentation" autoFocus={text === ''} />
        <span className="serif" aria-hidden="true">?</span>
      </form>
      <div className="mt-3 flex flex-wrap items-center gap-x-6 gap-y-2">
        <div className="w-[184px]"><Select quiet label="Project" value={project ?? ''} choices={[{ value: '', label: 'all projects' }, ...projects.map(({ slug, name }) => ({ value: slug, label: name }))]} onChoose={(slug) => go({ project: slug || null })} /></div>
        <Power text={settled} asWords={asWords} onChoose={(words) => go({ asWords: words })} />
        {settled !== '' && saved.searches && <SavedSearchMenu address={here} searches={saved.searches} />}
      </div>
      <KnownVariable about={settled} project={project} />
      {settled === '' ? <NothingAsked saved={saved} /> : <Found address={here} onChoose={(chosen) => go({ chosen })} />}
    </>
  );
}

/** The question as it is typed, and once the writer pauses as the address says it; an address from elsewhere, such as a saved search's, is followed. */
function useQuestion(asked: string, box: RefObject<HTMLInputElement | null>) {
  const [text, setText] = useState(asked);
  const written = useRef(asked);
  const settled = useSettled(text.trim());
  useEffect(() => {
    // What was rendered may be older than what was typed and written since.
    if (asked === written.current || asked !== addressNow().text) return;
    written.current = asked;
    setText(asked);
    box.current?.focus();
  }, [asked, box]);
  useEffect(() => {
    const now = addressNow();
    if (now.text === settled) return;
    written.current = settled;
    window.history.replaceState(null, '', searchHref({ ...now, text: settled }));
  }, [settled]);
  return { text, setText, settled };
}

const addressNow = (): SearchAddress => searchAddressFrom(new URLSearchParams(window.location.search));

/** When the words are the name of a variable that experiments varied, there is a page for exactly that. */
function KnownVariable({ about, project }: { readonly about: string; readonly project: string | null }) {
  const [{ data }] = useQuery({ query: TriedReadingQuery, variables: { about, project }, pause: about === '' || about.length > 200 });
  const tried = data?.tried;
  if (about === '' || tried?.reading !== 'VARIABLE' || tried.about !== about) return null;
  return <p className="mt-3"><Link className="lk" href={triedAddress(about, project)}>What have we tried for <span className="mono">{about}</span>?</Link> <span className="hint">{count(tried.experimentCount, 'experiment')} by value, with effects, verdicts and gaps</span></p>;
}

interface FoundProps { readonly address: SearchAddress; readonly onChoose: (chosen: SearchAddress['chosen']) => void }

const Found = ({ address, onChoose }: FoundProps) => (!address.asWords && readQuestion(address.text).kind === 'filter' ? <FoundRuns filter={address.text} project={address.project} /> : <FoundWords address={address} onChoose={onChoose} />);

function FoundWords({ address: { text, project, chosen }, onChoose }: FoundProps) {
  const [pages, setPages] = useState({ of: text, count: 1 });
  const shown = pages.of === text ? pages.count : 1;
  const { data, edges, error, fetching, again } = useFound(text, { project, first: shown * PAGE, chosen });
  const failure = failureOf(error);
  const found = data?.search;
  const hasMore = found !== undefined && isFollowed(found);
  return (
    <>
      <Standing found={found ?? null} searching={fetching} />
      {found ? <Narrowing found={found} onToggle={(name, value) => onChoose(toggled(chosen, name, value))} /> : null}
      {data ? null : failure && <div className="mt-6"><NotRead title="The search could not be answered." failure={failure} again={again} /></div>}
      <Answer edges={edges} fetching={fetching && !data} narrowed={chosen.size > 0} />
      {hasMore ? <div className="mt-6"><Button onClick={() => setPages({ of: text, count: shown + 1 })} disabled={fetching}>Show more</Button></div> : null}
    </>
  );
}

const isFollowed = ({ edges, pageInfo }: Pick<ResultOf<typeof SearchQuery>['search'], 'edges' | 'pageInfo'>): boolean => pageInfo.hasNextPage && edges.length > 0;

const Narrowing = ({ found, onToggle }: { readonly found: Pick<ResultOf<typeof SearchQuery>['search'], 'corrections' | 'facets'>; readonly onToggle: (name: FacetName, value: string) => void }) => (
  <><Corrections of={found.corrections} /><FacetChoices facets={found.facets ?? []} onToggle={onToggle} /></>
);

/** Which of the two powers answers, and the way to the other: nothing is guessed in silence. */
function Power({ text, asWords, onChoose }: { readonly text: string; readonly asWords: boolean; readonly onChoose: (asWords: boolean) => void }) {
  const question = readQuestion(text);
  if (question.kind === 'words') return question.nearly === null ? null : <p className="hint">Looked for as words. As a filter it cannot be read: {question.nearly}</p>;
  return asWords
    ? <p className="hint">Looked for as words. <button type="button" className="lk min-h-6" onClick={() => onChoose(false)}>Read it as a filter over runs</button></p>
    : <p className="hint">Read as a filter over runs. <button type="button" className="lk min-h-6" onClick={() => onChoose(true)}>Look for the words instead</button></p>;
}

function Corrections({ of: corrections }: { readonly of: readonly { readonly word: string; readonly meant: readonly string[] }[] }) {
  if (corrections.length === 0) return null;
  return <p className="hint mt-3" role="status">{corrections.map(({ word, meant }) => `${meant.join(', ')} for “${word}”`).join('; ')} was looked for too, as little has it as you typed it.</p>;
}

function Standing({ found, searching }: { readonly found: { readonly totalCount: number; readonly isAtLeast: boolean } | null; readonly searching: boolean }) {
  const said = found === null ? (searching ? 'searching' : '') : found.isAtLeast
    ? `At least ${count(found.totalCount, 'result')}: so many match that only the newest were compared. One word more narrows them.`
    : `${count(found.totalCount, 'result')}. Nothing is hidden by outcome, owner or age.`;
  return <p className="hint mt-2" role="status">{said}</p>;
}

function Answer({ edges, fetching, narrowed }: { readonly edges: readonly SearchEdge[]; readonly fetching: boolean; readonly narrowed: boolean }) {
  if (fetching) return <div className="mt-8"><Loading rows={6} label="Searching" /></div>;
  if (edges.length === 0 && narrowed) return <div className="mt-8"><Empty fact="Nothing that was found is like what you chose." steps={['Press a choice again to take it back.']} /></div>;
  if (edges.length === 0) return <div className="mt-8"><Empty fact="Nobody has tried this, or nobody wrote it down in these words." steps={['Try the name of the parameter, or one word instead of three.']} /></div>;
  return <><TriedExperiments edges={edges} /><OtherFinds edges={edges} /></>;
}
