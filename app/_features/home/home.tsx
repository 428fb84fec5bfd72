'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useClient } from 'urql';
import { failureOf } from '../../_graphql/refusal.ts';
import { useLive } from '../../_graphql/use-live.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { useCrumbs } from '../../_shell/crumbs.tsx';
import { AnyProjectChanged, EVERYWHERE, projectForNew, useViewer } from '../../_shell/viewer.tsx';
import { Absent } from '../../_ui/absent.tsx';
import { Button, ButtonLink } from '../../_ui/button.tsx';
import { formatToday } from '../../_ui/moments.ts';
import { count } from '../../_ui/numbers.ts';
import { useNow } from '../../_ui/relative-time.tsx';
import { PageHead, Section } from '../../_ui/section.tsx';
import { Empty } from '../../_ui/waiting.tsx';
import { DemoOffer } from '../demo/demo-offer.tsx';
import { NewProjectDialog } from '../projects/new-project-dialog.tsx';
import { RunningNow } from '../runs/running-now.tsx';
import { FirstSteps } from './first-steps.tsx';
import { HomeQuery, isUnused, recentVerdicts, staleApprovals, withoutHypothesis, type Home as HomeData } from './home-query.ts';
import { addressOfMlflowLink, readMlflowLink } from './mlflow-link.ts';
import { NeedsYou } from './needs-you.tsx';
import { RecentVerdicts, VerdictMix } from './recent-verdicts.tsx';

const never = () => () => undefined;
const useOrigin = (): string => useSyncExternalStore(never, () => window.location.origin, () => '');

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
  if (!data) return <Absent failure={failureOf(error)} fetching={fetching} what="page" again={refresh} />;
  const target = projectForNew(projects, null);
  const newHypothesis = target ? `/p/${target.slug}/hypotheses/new` : null;
  if (isUnused(data)) return <FirstSteps origin={origin} needsToken={!data.viewer.localMode} newHypothesis={newHypothesis} />;
  return <Today home={data} newHypothesis={newHypothesis} />;
}

function Today({ home, newHypothesis }: { readonly home: HomeData; readonly newHypothesis: string | null }) {
  const now = useNow();
  const stale = staleApprovals(home);
  const exploratory = withoutHypothesis(home).slice(0, 5);
  const verdicts = recentVerdicts(home);
  const { reviewRequests, actionItems } = home.viewer;
  const waiting = reviewRequests.length + actionItems.length + stale.length + exploratory.length;
  return (
    <>
      <PageHead title={now === null ? 'Today' : formatToday(new Date(now))} meta={<Summary waiting={waiting} going={home.runs.totalCount} />}>
        {newHypothesis ? <ButtonLink look="primary" href={newHypothesis} hint="N">New hypothesis</ButtonLink> : null}
      </PageHead>
      <div className="cols mt-6">
        <div>
          {waiting > 0 ? <Section title="Needs you" count={waiting}><NeedsYou reviews={reviewRequests} actions={actionItems} stale={stale} exploratory={exploratory} /></Section> : null}
          {home.runs.totalCount > 0 ? <Section title="Running now" count={home.runs.totalCount} aside="one run says nothing about a change"><RunningNow runs={home.runs.nodes} /></Section> : null}
          <Section title="Recent verdicts" count={verdicts.length > 0 ? verdicts.length : null} aside={verdicts.length > 0 ? '95 % intervals, one scale a metric; right of the line is as hypothesised, dotted is the bar' : undefined}>
            {verdicts.length > 0
              ? <RecentVerdicts experiments={verdicts.slice(0, 12)} />
              : <Empty fact="No verdict yet. It needs a hypothesis, and at least two runs on each side." steps={['Write the hypothesis of an experiment.', 'Run the baseline and the change with the same few seeds.', 'Choose the baseline. The verdict then appears by itself.']} />}
          </Section>
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

const Summary = ({ waiting, going }: { readonly waiting: number; readonly going: number }) => (
  <div className="meta">
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
