import { badInput } from '../../domain/refusal.ts';
import { runNameFrom } from '../../domain/runs/run-name.ts';
import { factsFromTags, seedFrom, TAG } from '../../domain/runs/run-tags.ts';
import type { Ports } from '../ports/ports.ts';
import type { Run } from '../ports/runs.ts';
import type { Transaction } from '../ports/store.ts';
import { announceRun, indexRun } from './announce-run.ts';

export interface NewRun {
  readonly id: string;
  readonly experimentId: string;
  readonly projectId: string;
  readonly name: string | null;
  readonly userName: string;
  readonly createdById: string;
  readonly startedAt: Date | null;
  readonly params: ReadonlyMap<string, string>;
  readonly tags: ReadonlyMap<string, string>;
}

/**
 * Makes and announces a run inside a running transaction; the caller has checked the right `run.log`. A run without a name gets one, and the name is a tag too, as in MLflow.
 * Refuses two names with `run/two-names`.
 */
export async function writeRun(tx: Transaction, { clock }: Pick<Ports, 'clock'>, given: NewRun): Promise<void> {
  const { id, experimentId, userName, createdById, params } = given;
  const named = given.tags.get(TAG.runName);
  if (given.name && named && given.name !== named) {
    throw badInput('run/two-names', `Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different values (run_name='${given.name}', mlflow.runName='${named}').`);
  }
  const name = given.name || named || runNameFrom(id);
  const tags = new Map([...given.tags, ...(named ? [] : [[TAG.runName, name] as const])]);
  const now = clock.now();
  const run: Run = { ...BLANK, id, experimentId, name, userName, createdById, startedAt: given.startedAt ?? now, createdAt: now, updatedAt: now, seed: seedFrom(params), ...factsFromTags(tags), ...exclusionOf(tags, createdById, now) };
  await tx.runs.insert(run);
  await tx.runs.addParams(id, params);
  await tx.runs.setTags(id, tags);
  await indexRun(tx, run, given.projectId);
  await announceRun(tx, run, given.projectId, 'created');
}

/** What does a run again is no further evidence: with its seed it would count the same twice. It is said before anything is known of its result. */
function exclusionOf(tags: ReadonlyMap<string, string>, createdById: string, now: Date): Partial<Run> {
  const original = tags.get(TAG.reproduces);
  return original === undefined ? {} : { excludedAt: now, excludedById: createdById, excludedReason: `It does the run ${original.slice(0, 32)} again.` };
}

const BLANK = {
  status: 'RUNNING',
  seed: null,
  parentRunId: null,
  variantId: null,
  sourceName: null,
  codeRepository: null,
  codeCommit: null,
  codeBranch: null,
  codeDirty: false,
  codeDiff: null,
  environmentId: null,
  endedAt: null,
  deletedAt: null,
  excludedAt: null,
  excludedReason: null,
  excludedById: null,
  archivedAt: null,
} as const satisfies Partial<Run>;
