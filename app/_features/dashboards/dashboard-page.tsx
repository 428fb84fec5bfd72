'use client';

import { useState } from 'react';
import { addPanel, movePanel, removePanel, resizePanel } from '../../../domain/dashboards/layout.ts';
import { MOST_PANELS, type Panel, type PanelKind } from '../../../domain/dashboards/panel.ts';
import { failureOf } from '../../_graphql/refusal.ts';
import { useLive } from '../../_graphql/use-live.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { useCrumbs } from '../../_shell/crumbs.tsx';
import { Absent } from '../../_ui/absent.tsx';
import { Button } from '../../_ui/button.tsx';
import { Menu, MenuItem } from '../../_ui/menu.tsx';
import { PageHead } from '../../_ui/section.tsx';
import { useAddress } from '../../_ui/use-address.ts';
import { Empty } from '../../_ui/waiting.tsx';
import { ProjectUpdated } from '../projects/project-query.ts';
import { DashboardsQuery, type DashboardProject } from './dashboard-documents.ts';
import { DashboardPicker } from './dashboard-picker.tsx';
import { DashboardPanel, PANEL_TITLES, titleOf } from './dashboard-panel.tsx';
import type { PanelMoves } from './panel-frame.tsx';
import { useArrangement, type Arrangement } from './use-arrangement.ts';

const WEEKS = 12;

/** How a project is doing, for who does not read every run: panels that its members arrange, under names. */
export function DashboardPage({ slug }: { readonly slug: string }) {
  const [{ data, error, fetching }, again] = useQuery({ query: DashboardsQuery, variables: { slug, weeks: WEEKS }, requestPolicy: 'cache-and-network' });
  const project = data?.project ?? null;
  useCrumbs([{ label: 'Projects', href: '/' }, { label: project?.name ?? slug, href: `/p/${slug}` }, { label: 'Dashboard' }], slug, project?.id ?? null);
  useLive(ProjectUpdated, project ? [{ slug }] : [], again);
  if (!project) return <Absent failure={failureOf(error)} fetching={fetching} what="project" again={again} />;
  return <Dashboard project={project} refresh={again} />;
}

function Dashboard({ project, refresh }: { readonly project: DashboardProject; readonly refresh: () => void }) {
  const address = useAddress();
  const wanted = address.params.get('dashboard');
  const dashboard = project.dashboards.find(({ id }) => id === wanted) ?? project.dashboards[0] ?? null;
  const arrangement = useArrangement({ slug: project.slug, dashboard, refresh });
  const [said, setSaid] = useState('');
  const mayArrange = project.viewerCan.write;
  const moves = mayArrange ? movesOf(arrangement, setSaid) : null;
  const { panels, arrange, saving } = arrangement;
  return (
    <>
      <PageHead title={dashboard?.name ?? 'Overview'} meta={<div className="meta"><span>The last {WEEKS} weeks</span><span>{saving ? 'Saving …' : dashboard?.changedBy ? `Arranged by ${dashboard.changedBy.name}` : 'As every project begins'}</span></div>}>
        <DashboardPicker project={project} dashboard={dashboard} panels={panels} refresh={refresh} />
        {mayArrange ? <AddPanel panels={panels} onAdd={(kind) => { arrange(addPanel(panels, kind)); setSaid(`${PANEL_TITLES[kind]} added at the end`); }} /> : null}
      </PageHead>
      <p className="vh" role="status">{said}</p>
      {panels.length === 0 ? <Empty fact="This dashboard has no panels." steps={mayArrange ? ['Add one above.'] : ['A member of the project can add some.']} /> : null}
      <div className="dash">{panels.map((panel) => <DashboardPanel key={panel.id} panel={panel} project={project} moves={moves} onChoose={(metric, direction) => arrange(panels.map((each) => (each.id === panel.id ? { ...each, metric, direction } : each)))} />)}</div>
    </>
  );
}

function movesOf({ panels, arrange }: Arrangement, say: (words: string) => void): PanelMoves {
  const at = (id: string): number => panels.findIndex((panel) => panel.id === id);
  const put = (next: readonly Panel[], id: string): void => {
    const panel = next[next.findIndex((each) => each.id === id)];
    arrange(next);
    if (panel) say(`${titleOf(panel)} is number ${next.indexOf(panel) + 1} of ${next.length}, ${panel.width} by ${panel.height}`);
  };
  return {
    move: (id, by) => put(movePanel(panels, id, at(id) + by), id),
    moveOver: (id, over) => put(movePanel(panels, id, at(over)), id),
    resize: (id, by) => put(resizePanel(panels, id, by), id),
    remove: (id) => { arrange(removePanel(panels, id)); say('Panel removed'); },
  };
}

const AddPanel = ({ panels, onAdd }: { readonly panels: readonly Panel[]; readonly onAdd: (kind: PanelKind) => void }) => (
  <Menu align="end" trigger={<Button disabled={panels.length >= MOST_PANELS}>Add a panel</Button>}>
    {(Object.keys(PANEL_TITLES) as PanelKind[]).map((kind) => <MenuItem key={kind} onSelect={() => onAdd(kind)}>{PANEL_TITLES[kind]}</MenuItem>)}
  </Menu>
);
