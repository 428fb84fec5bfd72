'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { useClient } from 'urql';
import { failureOf } from '../../_graphql/refusal.ts';
import { useLive } from '../../_graphql/use-live.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { useCrumbs } from '../../_shell/crumbs.tsx';
import { AnyProjectChanged, EVERYWHERE, projectForNew, useViewer } from '../../_shell/viewer.tsx';
import { Absent } from '../../_ui/absent.tsx';
import { Button, ButtonLink } from '../../_ui/button.tsx';
import { formatToday, formatVisit } from '../../_ui/moments.ts';
import { count } from '../../_ui/numbers.ts';
import { useOrigin } from '../../_ui/of-browser.ts';
import { useNow } from '../../_ui/relative-time.tsx';
import { Kbd } from '../../_ui/kbd.tsx';
import { PageHead, Section } from '../../_ui/section.tsx';
import { Empty } from '../../_ui/waiting.tsx';
import { DemoOffer } from '../demo/demo-offer.tsx';
import { NewProjectDialog } from '../projects/new-project-dialog.tsx';
import { NotificationsUpdated } from '../notifications/notification-documents.ts';
import { RunningNow } from '../runs/running-now.tsx';
import { FirstSteps } from './first-steps.tsx';
import { HomeQuery, isUnused, recentVerdicts, type Home as HomeData, type HomeExperiment, type HomeNews } from './home-query.ts';
import { addressOfMlflowLink, readMlflowLink } from './mlflow-link.ts';
import { NeedsYou } from './needs-you.tsx';
import { NewsList } from './news-list.tsx';
import { RecentVerdicts, VerdictMix } from './recent-verdicts.tsx';
import { useHomeLook } from './use-home-look.ts';
import { useSteps } from './use-steps.ts';

/** Follows a link that MLflow's client printed to its own pages. */
function useMlflowLink(): void {
  const router = useRouter();
  const client = useClient();
  useEffect(() => {
    const follow = () => {
      const link = readMlflowLink(window.location.hash);
      if (link) void addressOfMlflowLink(link, client).then((address) => { if (address) router.replace(address); });
    };
    follow();
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, [client, router]);
}

/** The first page: what to do when nothing is there, and what happened when something is. */
export function Home() {
  useCrumbs([{ label: 'Home' }]);
  useMlflowLink();
  const origin = useOrigin();
  const { projects } = useViewer();
  const [{ data, error, fetching }, refresh] = useQuery({ query: HomeQuery, requestPolicy: 'cache-and-network' });
  useLive(AnyProjectChanged, EVERYWHERE, refresh);
  // Mentions and what was read of them are no change of a project.
  useLive(NotificationsUpdated, EVERYWHERE, refresh);
  if (!data) return <Absent failure={failureOf(error)} fetching={fetching} what="page" again={refresh} />;
  const target = projectForNew(projects, null);
  const newHypothesis = target ? `/p/${target.slug}/hypotheses/new` : null;
  if (isUnused(data)) return <FirstSteps origin={origin} needsToken={!data.viewer.localMode} newHypothesis={newHypothesis} />;
  return <Today home={data} newHypothesis={newHypothesis} refresh={refresh} />;
}

function Today({ home, newHypothesis, refresh }: { readonly home: HomeData; readonly newHypothesis: string | null; readonly refresh: () => void }) {
  const now = useNow();
  const verdicts = recentVerdicts(home);
  const { needs, news } = home.viewer;
  const since = now === null ? '' : formatVisit(new Date(news.since), new Date(now));
  const seeAll = useHomeLook(refresh);
  const steps = useSteps();
  return (
    <>
      <PageHead title={now === null ? 'Today' : formatToday(new Date(now))} meta={<Summary since={since} waiting={needs.length} going={home.runs.totalCount} />}>
        {newHypothesis ? <ButtonLink look="primary" href={newHypothesis} hint="N">New hypothesis</ButtonLink> : null}
      </PageHead>
      <div className="cols mt-6">
        <div ref={steps}>
          <Section title="Needs you" count={needs.length > 0 ? needs.length : null} aside={<span className="hint row gap-1" aria-hidden="true"><Kbd keys="J K" /> move <Kbd keys="↵" /> open</span>}>
            {needs.length > 0 ? <NeedsYou needs={needs} /> : <Empty fact="Nothing waits for you. Reviews, mentions, failures, stale approvals and action items come here." />}
          </Section>
          <Going runs={home.runs} />
          <News of={news} since={since} onAllSeen={seeAll} />
          <Verdicts verdicts={verdicts} />
        </div>
        <aside className="rail" aria-label="Overview">
          <DemoOffer quiet />
          {verdicts.length > 0 ? <Section title="Verdicts" count={verdicts.length}><VerdictMix experiments={verdicts} /></Section> : null}
          <Projects home={home} />
        </aside>
      </div>
    </>
  );
}

function Going({ runs }: { readonly runs: HomeData['runs'] }) {
  if (runs.totalCount === 0) return <Section title="Running now"><Empty fact="No run is going. Start a script that logs here, and it appears by itself." /></Section>;
  return <Section title="Running now" count={runs.totalCount} aside="one run says nothing about a change"><RunningNow runs={runs.nodes} /></Section>;
}

function News({ of: { items, more }, since, onAllSeen }: { readonly of: HomeNews; readonly since: string; readonly onAllSeen: () => void }) {
  const title = `Since ${since === '' ? 'you last looked' : since}`;
  if (items.length === 0) return <Section title={title}><Empty fact="Nothing changed since you last looked." /></Section>;
  return <Section title={title} count={`${items.length}${more ? '+' : ''}`} aside={<Button look="bare" small onClick={onAllSeen}>Mark all seen</Button>}><NewsList items={items} /></Section>;
}

function Verdicts({ verdicts }: { readonly verdicts: readonly HomeExperiment[] }) {
  if (verdicts.length > 0) return <Section title="Recent verdicts" count={verdicts.length} aside="95 % intervals, one scale a metric; right of the line is as hypothesised, dotted is the bar"><RecentVerdicts experiments={verdicts.slice(0, 12)} /></Section>;
  return (
    <Section title="Recent verdicts">
      <Empty fact="No verdict yet. It needs a hypothesis, and at least two runs on each side." steps={['Write the hypothesis of an experiment.', 'Run the baseline and the change with the same few seeds.', 'Choose the baseline. The verdict then appears by itself.']} />
    </Section>
  );
}

const Summary = ({ since, waiting, going }: { readonly since: string; readonly waiting: number; readonly going: number }) => (
  <div className="meta">
    {since === '' ? null : <span>News since {since}</span>}
    <span>{waiting === 0 ? 'Nothing waits for you' : `${count(waiting, 'thing needs', 'things need')} you`}</span>
    <span>{going === 0 ? 'No run is going' : `${count(going, 'run is', 'runs are')} going`}</span>
  </div>
);

function Projects({ home }: { readonly home: HomeData }) {
  const [making, setMaking] = useState(false);
  const projects = home.projects.nodes.filter((project) => project.archivedAt === null);
  return (
    <Section title="Projects" count={projects.length} aside={home.viewer.viewerCan.createProject ? <Button look="bare" small onClick={() => setMaking(true)}>New project</Button> : undefined}>
      <ul>
        {projects.map((project) => (
          <li key={project.id} className="li">
            <Link className="ti" href={`/p/${project.slug}`}>{project.name}</Link>
            <span className="hint">{count(project.hypothesisCount, 'hypothesis', 'hypotheses')}, {count(project.runCount, 'run')}{project.activeRunCount > 0 ? `, ${project.activeRunCount} going` : ''}</span>
          </li>
        ))}
      </ul>
      {making ? <NewProjectDialog onClose={() => setMaking(false)} /> : null}
    </Section>
  );
}
