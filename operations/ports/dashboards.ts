import type { Panel } from '../../domain/dashboards/panel.ts';

/** Panels that a project's members arranged under a name. All who may see the project see it. */
export interface Dashboard {
  readonly id: string;
  readonly projectId: string;
  /** Unique in its project. */
  readonly name: string;
  readonly panels: readonly Panel[];
  readonly version: number;
  readonly changedById: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface DashboardRecords {
  /** Locked until the transaction ends: two who change it at once come one after the other. */
  get(id: string): Promise<Dashboard | null>;
  byName(projectId: string, name: string): Promise<Dashboard | null>;
  count(projectId: string): Promise<number>;
  insert(dashboard: Dashboard): Promise<void>;
  update(dashboard: Dashboard): Promise<void>;
  delete(id: string): Promise<void>;
  /** Which of these metrics the project's runs logged or its hypotheses speak of. */
  knownMetrics(projectId: string, metrics: readonly string[]): Promise<ReadonlySet<string>>;
  /** Who changed it last, by name. */
  changedBy(dashboard: Dashboard): Promise<string | null>;
}
