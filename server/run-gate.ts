import { mayIn, requireRight, type ProjectAction } from '../domain/access/policy.ts';
import { roleIn, type ProjectAccess, type ProjectRole, type Viewer } from '../domain/access/viewer.ts';
import type { Reader } from '../adapters/postgres/reader.ts';
import { hasEnded } from '../operations/runs/announce-run.ts';
import { requireActiveRun, unknownRun } from '../operations/runs/reach.ts';
import type { RunStatus } from '../operations/ports/runs.ts';
import { gathered } from './gathered.ts';

/** What the hot path must know of a run. */
interface KnownRun {
  readonly id: string;
  readonly experimentId: string;
  readonly deletedAt: Date | null;
  readonly project: ProjectAccess;
  readonly until: number;
}

/** How long a run's project and lifecycle are believed without asking again, in milliseconds. See docs/decisions/0031-metrics-by-the-short-way.md. */
const BELIEVED_MS = 1000;
const MOST_KNOWN = 10_000;

interface Row { readonly id: string; readonly experiment_id: string; readonly deleted_at: Date | null; readonly project_id: string; readonly organization_id: string; readonly open_role: ProjectRole | null }

/**
 * Decides, without a query most of the time, whether metrics may be logged to a run. Who is asking is never remembered, and neither is a "no":
 * a right that was taken away, a project that was restricted or a run that was deleted elsewhere counts after a second at the latest.
 */
export class RunGate {
  private readonly now: () => number;
  private readonly known = new Map<string, KnownRun>();
  private readonly statusOf: (runId: string) => Promise<RunStatus | undefined>;
  private readonly rowOf: (runId: string) => Promise<Row | undefined>;
  constructor(reader: Reader, now: () => number) {
    this.now = now;
    this.statusOf = gathered(async (runIds) => {
      const runs = await reader.run.findMany({ where: { id: { in: [...runIds] } }, select: { id: true, status: true } });
      return new Map(runs.map(({ id, status }) => [id, status]));
    });
    this.rowOf = gathered(async (runIds) => {
      const rows = await reader.$queryRaw<Row[]>`
        SELECT r.id, r.experiment_id, r.deleted_at, p.id AS project_id, p.organization_id, p.open_role::text AS open_role
        FROM runs r JOIN experiments e ON e.id = r.experiment_id JOIN projects p ON p.id = e.project_id WHERE r.id = ANY(${[...runIds]})`;
      return new Map(rows.map((row) => [row.id, row]));
    });
  }

  /** Refuses who may not see the run at this moment. Remembers nothing: subscribers who hear of one event are looked up in one query. */
  async passReader(viewer: Viewer, runId: string): Promise<void> {
    const row = await this.rowOf(runId);
    if (!row || !mayIn(roleIn(viewer, projectIn(row)), 'project.read')) throw unknownRun(runId);
  }

  /** Passes, or refuses: as unknown to those who may not see the run. */
  async pass(viewer: Viewer, runId: string, action: ProjectAction): Promise<KnownRun> {
    const run = await this.find(runId);
    if (!run || !mayIn(roleIn(viewer, run.project), 'project.read')) throw unknownRun(runId);
    requireRight(viewer, action, run.project);
    return run;
  }

  /** The same, for a run that is not deleted. */
  async passActive(viewer: Viewer, runId: string, action: ProjectAction): Promise<KnownRun> {
    const run = await this.pass(viewer, runId, action);
    requireActiveRun(run);
    return run;
  }

  /** Whether the run has ended by now; never from memory. False where there is no such run. */
  async hasEnded(runId: string): Promise<boolean> {
    const status = await this.statusOf(runId);
    return status !== undefined && hasEnded(status);
  }

  /** To be called when this process changed the run. */
  forget(runId: string): void {
    this.known.delete(runId);
  }

  forgetAll(): void {
    this.known.clear();
  }

  private async find(runId: string): Promise<KnownRun | null> {
    const known = this.known.get(runId);
    if (known && known.until > this.now()) return known;
    const row = await this.rowOf(runId);
    if (!row) return null;
    const found: KnownRun = { id: row.id, experimentId: row.experiment_id, deletedAt: row.deleted_at, project: projectIn(row), until: this.now() + BELIEVED_MS };
    if (this.known.size >= MOST_KNOWN) this.known.clear();
    this.known.set(runId, found);
    return found;
  }
}

const projectIn = (row: Row): ProjectAccess => ({ id: row.project_id, organizationId: row.organization_id, openRole: row.open_role });
