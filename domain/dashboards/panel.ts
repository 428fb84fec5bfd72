import { badInput, conflict } from '../refusal.ts';

/** What a panel shows: the best result over time, the hypothesis funnel, verdicts, activity and run hours by week. */
export const PANEL_KINDS = ['BEST', 'FUNNEL', 'VERDICTS', 'ACTIVITY', 'SPEND'] as const;
export type PanelKind = (typeof PANEL_KINDS)[number];

/** One panel of a dashboard. Panels flow in their order into a grid of four columns. */
export interface Panel {
  /** Unique in its dashboard, given by who added it. */
  readonly id: string;
  readonly kind: PanelKind;
  /** Of BEST: which metric; null for the one that most hypotheses speak of. */
  readonly metric: string | null;
  /** Of BEST: which way is better. */
  readonly direction: 'INCREASE' | 'DECREASE' | null;
  /** In columns. */
  readonly width: number;
  /** In rows. */
  readonly height: number;
}

export const COLUMNS = 4;
export const ROWS = 3;
export const MOST_PANELS = 24;
export const MOST_DASHBOARDS = 20;
const LONGEST_METRIC = 250;

export function checkDashboardName(text: string): string {
  const name = text.trim();
  if (name === '' || name.length > 80) throw badInput('dashboard/name', 'A dashboard is named with 1 to 80 characters.');
  return name;
}

/** The panels as they are kept, or a refusal that says which one is wrong. */
export function checkPanels(panels: readonly Panel[]): readonly Panel[] {
  if (panels.length > MOST_PANELS) throw badInput('dashboard/too-many-panels', `A dashboard holds up to ${MOST_PANELS} panels, and this one would have ${panels.length}. Put some into another dashboard.`);
  if (new Set(panels.map(({ id }) => id)).size < panels.length) throw badInput('dashboard/panel', 'Two panels have the same id. Give each its own.');
  return panels.map(checkPanel);
}

function checkPanel({ id, kind, metric, direction, width, height }: Panel): Panel {
  if (!/^[\w-]{1,40}$/.test(id)) throw badInput('dashboard/panel', 'A panel\'s id is 1 to 40 letters, digits, "-" or "_".');
  if (!PANEL_KINDS.includes(kind)) throw badInput('dashboard/panel', `There is no panel ${String(kind)}; there are ${PANEL_KINDS.join(', ')}.`);
  if (!fits(width, COLUMNS) || !fits(height, ROWS)) throw badInput('dashboard/panel-size', `A panel is 1 to ${COLUMNS} columns wide and 1 to ${ROWS} rows high, in whole numbers.`);
  if (metric !== null && (metric === '' || metric.length > LONGEST_METRIC)) throw badInput('dashboard/metric', `A metric's name has 1 to ${LONGEST_METRIC} characters.`);
  return kind === 'BEST' ? { id, kind, metric, direction, width, height } : { id, kind, metric: null, direction: null, width, height };
}

const fits = (size: number, most: number): boolean => Number.isInteger(size) && size >= 1 && size <= most;

/** Refuses metrics that the project does not know: another project's name would say nothing here, and should not tell that it exists elsewhere. */
export function requireKnownMetrics(panels: readonly Panel[], known: ReadonlySet<string>): void {
  const strange = panels.find(({ metric }) => metric !== null && !known.has(metric))?.metric;
  if (strange) throw badInput('dashboard/metric', `Nothing in this project logs or speaks of a metric ${strange}. Choose one of the project's own.`);
}

/** The rule of two people at once: who changes must have seen what is there. */
export function requireSeen(seenVersion: number, version: number, by: string | null): void {
  if (seenVersion !== version) throw conflict('dashboard/changed-meanwhile', `${by ?? 'Somebody'} changed this dashboard while you did. Theirs is kept and shown now; make your change again on top of it.`);
}

const panel = (kind: PanelKind, width: number, height: number): Panel => ({ id: kind.toLowerCase(), kind, metric: null, direction: null, width, height });

/** What a project shows before somebody arranged a dashboard of its own. */
export const FIRST_PANELS: readonly Panel[] = [panel('BEST', 3, 2), panel('FUNNEL', 1, 2), panel('VERDICTS', 2, 1), panel('ACTIVITY', 2, 1), panel('SPEND', 2, 1)];
