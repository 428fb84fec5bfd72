'use client';

import { useRouter } from 'next/navigation';
import type { LineageKind } from '../../../domain/lineage/graph.ts';
import { LINEAGE_KINDS } from '../../../domain/lineage/graph.ts';
import { failureOf } from '../../_graphql/refusal.ts';
import { useLive } from '../../_graphql/use-live.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { useCrumbs } from '../../_shell/crumbs.tsx';
import { Absent } from '../../_ui/absent.tsx';
import { Button } from '../../_ui/button.tsx';
import { Field, Tick } from '../../_ui/field.tsx';
import { count } from '../../_ui/numbers.ts';
import { PageHead, Section } from '../../_ui/section.tsx';
import { useAddress, type Address } from '../../_ui/use-address.ts';
import { Empty, ErrorNote } from '../../_ui/waiting.tsx';
import { ProjectQuery, ProjectUpdated } from '../projects/project-query.ts';
import { ShareButton } from '../sharing/share-button.tsx';
import type { ShareSubject } from '../sharing/share-dialog.tsx';
import { Discussion } from '../threads/discussion.tsx';
import { BestPathStrip } from './best-path-strip.tsx';
import { LineageExperimentQuery } from './lineage-documents.ts';
import { LineageGraph } from './lineage-graph.tsx';
import { LineageList } from './lineage-list.tsx';
import { LineageSide } from './lineage-side.tsx';
import { kindsParam, viewFrom, type LineageView } from './lineage-view.ts';
import { addressOfNode, KIND_LABELS } from './lineage-words.ts';
import { useLineage, type About, type Graph } from './use-lineage.ts';

/** /p/<slug>/lineage: what came of what in a project. */
export function ProjectLineage({ slug }: { readonly slug: string }) {
  const [{ data, error, fetching }, again] = useQuery({ query: ProjectQuery, variables: { slug } });
  const project = data?.project ?? null;
  const asked = useShownLineage({ project: slug });
  useCrumbs([{ label: 'Projects', href: '/' }, { label: project?.name ?? slug, href: `/p/${slug}` }, { label: 'Lineage' }], slug, project?.id ?? null);
  if (!project) return <Absent failure={failureOf(error)} fetching={fetching} what="project" again={again} />;
  return <Lineage asked={asked} slug={slug} title="Lineage" share={project.viewerCan.share ? { id: project.id, name: `the lineage of ${project.name}`, shows: SHOWS, lineage: true } : null} discussed={project} />;
}

/** /e/<key>/lineage: where an experiment came from and what came of it. */
export function ExperimentLineage({ experimentKey }: { readonly experimentKey: string }) {
  const [{ data, error, fetching }, again] = useQuery({ query: LineageExperimentQuery, variables: { key: experimentKey } });
  const experiment = data?.experiment ?? null;
  const asked = useShownLineage({ of: experimentKey });
  useCrumbs(experiment ? [{ label: experiment.project.name, href: `/p/${experiment.project.slug}` }, { label: experiment.key, href: `/e/${experiment.key}`, mono: true }, { label: 'Lineage' }] : [{ label: experimentKey, mono: true }], experiment?.project.slug ?? null, experiment?.id ?? null);
  if (!experiment) return <Absent failure={failureOf(error)} fetching={fetching} what="experiment" again={again} />;
  return <Lineage asked={asked} slug={experiment.project.slug} title={`Lineage of ${experiment.name}`} share={experiment.project.viewerCan.share ? { id: experiment.id, name: `the lineage of ${experiment.key}`, shows: SHOWS, lineage: true } : null} />;
}

/** A project's threads stand beside its lineage; an experiment has a place of its own for its. */
interface Discussed { readonly id: string; readonly viewerCan: { readonly comment: boolean } }

const SHOWS = 'the path to the best result and the graph behind it, of this project alone';

/** Asked for together with what it is of: it takes longer, and neither waits for the other. */
function useShownLineage(about: About) {
  const address = useAddress();
  const view = viewFrom(address.params);
  return { address, view, ...useLineage(about, view) };
}

function Lineage({ asked: { address, view, graph, failure, fetching, again }, slug, title, share, discussed }: { readonly asked: ReturnType<typeof useShownLineage>; readonly slug: string; readonly title: string; readonly share: ShareSubject | null; readonly discussed?: Discussed }) {
  useLive(ProjectUpdated, view.until === null ? [{ slug }] : [], again);
  return (
    <>
      <PageHead title={title} meta={<p className="meta"><span>What came of what: left is what was first.</span>{graph ? <Size graph={graph} /> : null}</p>}>{share ? <ShareButton subject={share} /> : null}</PageHead>
      <Controls view={view} address={address} />
      {graph === null ? <Absent failure={failure} fetching={fetching} what="lineage" again={again} /> : <Body graph={graph} view={view} address={address} failed={failure?.message ?? null} />}
      {/* After the graph: what comments are written with is half of the page's code. */}
      {discussed && (graph !== null || failure !== null) ? <Section title="Discussion"><Discussion subject={discussed.id} mayComment={discussed.viewerCan.comment} draftAnchor={null} emptyFact="Nothing has been said about this project’s lineage yet. What guests say on a shared lineage comes here." /></Section> : null}
    </>
  );
}

const Size = ({ graph: { lineage, drawing } }: { readonly graph: Graph }) => <span role="status">{count(lineage.nodes.length, 'node')}, {count(drawing.links.from.length, 'edge')}</span>;

function Controls({ view, address }: { readonly view: LineageView; readonly address: Address }) {
  const toggle = (kind: LineageKind): void => address.set({ kinds: kindsParam(view.kinds.includes(kind) ? view.kinds.filter((one) => one !== kind) : [...view.kinds, kind]) });
  return (
    <div className="lin-controls">
      <fieldset><legend className="vh">Kinds</legend>{LINEAGE_KINDS.map((kind) => <Tick key={kind} label={KIND_LABELS[kind]} checked={view.kinds.includes(kind)} onChange={() => toggle(kind)} />)}</fieldset>
      <Tick label="Each run by itself" checked={!view.collapse} onChange={() => address.set({ runs: view.collapse ? 'each' : null })} />
      <Field label="As it was on" type="date" value={view.until ?? ''} onChange={(event) => address.set({ until: event.target.value })} />
      <Button small aria-pressed={view.as === 'list'} onClick={() => address.set({ as: view.as === 'list' ? null : 'list' })}>{view.as === 'list' ? 'Show the graph' : 'Show a list'}</Button>
      {view.of === null ? null : <Button small onClick={() => address.set({ of: null }, true)}>Show everything again</Button>}
    </div>
  );
}

function Body({ graph, view, address, failed }: { readonly graph: Graph; readonly view: LineageView; readonly address: Address; readonly failed: string | null }) {
  const router = useRouter();
  const choose = (node: string | null): void => address.set({ node });
  const open = (id: string): void => {
    const node = graph.lineage.nodes[graph.placeOf.get(id) ?? -1];
    const href = node ? addressOfNode(node) : null;
    if (href !== null) router.push(href);
  };
  const chosen = view.node !== null && graph.placeOf.has(view.node) ? view.node : null;
  if (graph.lineage.nodes.length === 0) return <Nothing view={view} />;
  return (
    <>
      {failed === null ? null : <ErrorNote quiet title={failed} />}
      {graph.lineage.cut ? <ErrorNote quiet title="There is more than is shown here."><p>The oldest runs and files are left out. Show fewer kinds, or the lineage of one node.</p></ErrorNote> : null}
      <BestPathStrip path={graph.lineage.bestPath} chosen={chosen} onChoose={choose} />
      <div className={chosen === null ? 'lin' : 'lin with-side'}>
        {view.as === 'list' ? <div className="min-w-0"><LineageList graph={graph} chosen={chosen} onChoose={choose} /></div> : <LineageGraph graph={graph} chosen={chosen} onChoose={choose} onOpen={open} />}
        {chosen === null ? null : <LineageSide graph={graph} chosen={chosen} onChoose={choose} onOnly={chosen === graph.lineage.focus ? null : () => address.set({ of: chosen }, true)} />}
      </div>
      <Key />
    </>
  );
}

const Key = () => <p className="hint lin-key"><span>◆ hypothesis</span><span>● experiment, in the colour of its verdict</span><span>■ runs</span><span>▼ data, ▽ code</span><span>⬢ model</span><span className="text-accent">━ path to the best</span><span>Click the graph, then the wheel zooms and arrow keys walk along edges.</span></p>;

function Nothing({ view }: { readonly view: LineageView }) {
  if (view.until !== null) return <Empty fact="There was nothing by then." steps={['Choose a later day above.']} />;
  return <Empty fact="Nothing has come of anything here yet." steps={['Write a hypothesis: it is the first node.', 'Test it by an experiment, and name the experiment it builds on as its parent.', 'Log runs with their data (mlflow.log_input) and models: they join by themselves.']} />;
}
