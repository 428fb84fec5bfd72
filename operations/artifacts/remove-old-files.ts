import { filesText } from '../../domain/artifacts/file-rule.ts';
import { keptMs } from '../../domain/runs/retention.ts';
import type { FileRule } from '../ports/file-rules.ts';
import type { Ports } from '../ports/ports.ts';
import type { Transaction } from '../ports/store.ts';

/** Transactions of one pass, so that whoever stops a worker does not wait. */
const A_PASS = 200;
const RUNS_AT_ONCE = 50;
const FILES_AT_ONCE = 2_000;
const RULES_AT_ONCE = 100;

type Needs = Pick<Ports, 'store' | 'clock'>;

/**
 * Takes files of long ended runs from their lists, where a project has a rule that says so: some runs a transaction, with a line in the activity. The contents go with the sweep, when no other file names them.
 * Answers whether more is waiting.
 */
export async function removeOldFiles(ports: Needs, signal: AbortSignal): Promise<boolean> {
  let left = A_PASS;
  for (let after = ''; left > 0; ) {
    const rules = await ports.store.transaction((tx) => tx.fileRules.rules(after, RULES_AT_ONCE));
    for (const rule of rules) left = await followRule(ports, rule, { left, signal });
    const last = rules.at(-1);
    if (!last || signal.aborted) return false;
    after = last.projectId;
  }
  return true;
}

/** Answers how many transactions are left of the pass. */
async function followRule(ports: Needs, rule: FileRule, { left, signal }: { readonly left: number; readonly signal: AbortSignal }): Promise<number> {
  let [remaining, after] = [left, ''];
  while (remaining > 0 && !signal.aborted) {
    const done = await ports.store.transaction((tx) => removeSome(tx, rule, { clock: ports.clock, after }));
    if (done === null) return remaining;
    after = done;
    remaining -= 1;
  }
  return remaining;
}

/** Answers behind which run to go on: the last of those taken, or where it was when some of their files are left; null when there is none. */
async function removeSome(tx: Transaction, { projectId, days }: FileRule, { clock, after }: { readonly clock: Needs['clock']; readonly after: string }): Promise<string | null> {
  const [now, before] = [clock.now(), clock.after(-keptMs(days))];
  // Changed or taken back meanwhile: the next pass reads it anew.
  if ((await tx.fileRules.days(projectId)) !== days) return null;
  const runs = await tx.fileRules.takeRuns(projectId, { before, now, after, limit: RUNS_AT_ONCE });
  const last = runs.at(-1);
  if (last === undefined) return null;
  const gone = await tx.fileRules.remove(projectId, runs, { before, now, most: FILES_AT_ONCE });
  if (gone.files > 0) await tx.audit.append({ projectId, actorId: null, action: 'files.removed', subjectKind: 'project', subjectId: projectId, detail: { ...gone, days, said: filesText(gone) } });
  return gone.files === FILES_AT_ONCE ? after : last;
}
