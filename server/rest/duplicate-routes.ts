import type { z } from 'zod';
import type { duplicateAnswer, duplicateAsk } from '../../contracts/rest/duplicates.ts';
import type { Viewer } from '../../domain/access/viewer.ts';
import type { Match } from '../../domain/duplicates/match.ts';
import { checkDuplicates } from '../../operations/duplicates/check-duplicates.ts';
import type { DoorDeps } from '../http/door-deps.ts';

type Answer = z.input<typeof duplicateAnswer>;

/** The handler of POST /api/v1/duplicate-check: asked before a run starts, so that nothing is computed twice unknowingly. */
export function duplicateRoutes({ ports, env }: Pick<DoorDeps, 'ports' | 'env'>) {
  const told = ({ run, sentence, distance, differences }: Match): Answer['near'][number] => ({
    run: run.id, experiment: run.experiment, experimentName: run.experimentName, verdict: run.verdict, sentence, distance,
    changed: differences.map(({ kind, name, from, to }) => ({ kind, name, from, to })), url: `${env.publicUrl}/r/${run.id}`,
  });
  return {
    async checkDuplicates({ viewer, body }: { readonly viewer: Viewer; readonly body: z.output<typeof duplicateAsk> }): Promise<Answer> {
      const { project = null, params, capture = null, datasets = [], experiment = null } = body;
      const { policy, exact, repeats, near } = await checkDuplicates(ports, viewer, { project, params: new Map(Object.entries(params)), capture, datasets, experiment });
      return { policy, exact: exact.map(told), repeats: repeats.map(told), near: near.map(told) };
    },
  };
}
