import type { z } from 'zod';
import type { duplicateAnswer, duplicateAsk } from '../../contracts/rest/duplicates.ts';
import type { Viewer } from '../../domain/access/viewer.ts';
import type { Match } from '../../domain/duplicates/match.ts';
import { checkChanges, type ChangesAtStart } from '../../operations/experiments/check-changes.ts';
import { checkDuplicates } from '../../operations/duplicates/check-duplicates.ts';
import type { DoorDeps } from '../http/door-deps.ts';

type Answer = z.input<typeof duplicateAnswer>;

const MOST_CHANGES = 200;

/** The handler of POST /api/v1/duplicate-check: asked once before a run starts, so that nothing is computed twice unknowingly, and nothing in vain because too much changed at once. */
export function duplicateRoutes({ ports, env }: Pick<DoorDeps, 'ports' | 'env'>) {
  const told = ({ run, sentence, distance, differences }: Match): Answer['near'][number] => ({
    run: run.id, experiment: run.experiment, experimentName: run.experimentName, verdict: run.verdict, sentence, distance,
    changed: differences.map(({ kind, name, from, to }) => ({ kind, name, from, to })), url: `${env.publicUrl}/r/${run.id}`,
  });
  const changes = ({ against, experiment, runId, count, changed, unknown, sentence }: ChangesAtStart): Answer['changes'][number] =>
    ({ against, experiment, run: runId, url: `${env.publicUrl}/r/${runId}`, count, changed: changed.slice(0, MOST_CHANGES), unknown: [...unknown], sentence });
  return {
    async checkDuplicates({ viewer, body }: { readonly viewer: Viewer; readonly body: z.output<typeof duplicateAsk> }): Promise<Answer> {
      const { project = null, params, capture = null, datasets = [], experiment = null, hypothesis = null } = body;
      const asked = { project, params: new Map(Object.entries(params)), capture, datasets, experiment };
      const { policy, exact, repeats, near } = await checkDuplicates(ports, viewer, asked);
      const changed = await checkChanges(ports, viewer, { ...asked, hypothesis });
      return { policy, exact: exact.map(told), repeats: repeats.map(told), near: near.map(told), changesPolicy: changed.policy, changes: changed.changes.map(changes) };
    },
  };
}
