import { TAG } from '../../domain/runs/run-tags.ts';
import type { Run, RunStatus } from '../ports/runs.ts';
import type { Transaction } from '../ports/store.ts';

/** Statuses after which a run's results count, or are known not to. */
export const hasEnded = (status: RunStatus): boolean => status === 'FINISHED' || status === 'FAILED' || status === 'KILLED';

/** Whether the analysis has, or waits for, what it is made of: what changes that is analysed again. */
export const isPlaced = (run: Pick<Run, 'status' | 'variantId'>): boolean => hasEnded(run.status) || run.variantId !== null;

/** Watchers hear of it. */
export async function announceRun(tx: Transaction, run: Pick<Run, 'id' | 'experimentId'>, projectId: string, verb: string): Promise<void> {
  await tx.outbox.change({ noun: 'run', id: run.id, verb, projectId, experimentId: run.experimentId, subjectId: null });
}

/** Search reads this much of a run's params and tags, in characters. */
const MOST_SEARCHED = 100_000;

/** Writes what search finds the run by: its name, note, params, tags and user. A deleted one is not found. */
export async function indexRun(tx: Transaction, run: Run, projectId: string): Promise<void> {
  if (run.deletedAt !== null) return tx.search.remove(run.id);
  const [params, tags] = [await tx.runs.params(run.id), await tx.runs.tags(run.id)];
  const lines = [tags.get(TAG.note), run.userName, run.sourceName, ...[...params].map(asLine), ...[...tags].filter(isFound).map(asLine)];
  await tx.search.put({ subjectId: run.id, subjectKind: 'run', projectId, title: run.name, body: lines.filter(Boolean).join('\n').slice(0, MOST_SEARCHED) });
}

const asLine = ([key, value]: readonly [string, string]): string => `${key} ${value}`;

/** MLflow's own tags would make every run match "git" or "source"; those that hold a person's words are taken above. */
const isFound = ([key]: readonly [string, string]): boolean => !key.startsWith('mlflow.');
