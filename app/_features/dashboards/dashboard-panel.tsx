'use client';

import type { Panel, PanelKind } from '../../../domain/dashboards/panel.ts';
import { Button } from '../../_ui/button.tsx';
import { Menu, MenuItem } from '../../_ui/menu.tsx';
import { Empty } from '../../_ui/waiting.tsx';
import { BestPanel } from './best-panel.tsx';
import type { DashboardProject, MetricClaim } from './dashboard-documents.ts';
import { FunnelPanel } from './funnel-panel.tsx';
import { PanelFrame, type PanelMoves } from './panel-frame.tsx';
import { WeeksPanel } from './weeks-panel.tsx';

export const PANEL_TITLES: Readonly<Record<PanelKind, string>> = { BEST: 'Best result over time', FUNNEL: 'Hypotheses', VERDICTS: 'Verdicts by week', ACTIVITY: 'Activity by week', SPEND: 'Run hours by week' };
export const titleOf = ({ kind, metric }: Panel): string => (kind === 'BEST' && metric !== null ? `Best ${metric} over time` : PANEL_TITLES[kind]);

interface DashboardPanelProps { readonly panel: Panel; readonly project: DashboardProject; readonly moves: PanelMoves | null; readonly onChoose: (metric: string, direction: MetricClaim['direction']) => void }

export function DashboardPanel({ panel, project, moves, onChoose }: DashboardPanelProps) {
  const [usual] = project.claims;
  const claim = panel.metric !== null && panel.direction !== null ? { metric: panel.metric, direction: panel.direction } : usual;
  return (
    <PanelFrame panel={panel} title={titleOf(panel)} moves={moves} aside={panel.kind === 'BEST' && claim ? <MetricChoice claim={claim} claims={project.claims} onChoose={moves ? onChoose : null} /> : null}>
      {panel.kind === 'BEST' ? (claim ? <BestPanel slug={project.slug} metric={claim.metric} direction={claim.direction} /> : <Empty fact="No hypothesis says yet which metric it wants to move." />) : null}
      {panel.kind === 'FUNNEL' ? <FunnelPanel slug={project.slug} funnel={project.funnel} /> : null}
      {panel.kind === 'VERDICTS' || panel.kind === 'ACTIVITY' || panel.kind === 'SPEND' ? <WeeksPanel kind={panel.kind} weeks={project.weeks} /> : null}
    </PanelFrame>
  );
}

function MetricChoice({ claim, claims, onChoose }: { readonly claim: Pick<MetricClaim, 'metric' | 'direction'>; readonly claims: readonly MetricClaim[]; readonly onChoose: DashboardPanelProps['onChoose'] | null }) {
  const words = <span className="mono">{claim.metric} {claim.direction === 'INCREASE' ? '↑' : '↓'}</span>;
  if (onChoose === null || claims.length < 2) return <span className="hint">{words}</span>;
  return (
    <Menu align="end" trigger={<Button look="bare" small aria-label={`Metric: ${claim.metric}`}>{words}</Button>}>
      {claims.map(({ metric, direction }) => <MenuItem key={`${metric}${direction}`} onSelect={() => onChoose(metric, direction)}><span className="mono">{metric} {direction === 'INCREASE' ? '↑' : '↓'}</span></MenuItem>)}
    </Menu>
  );
}
