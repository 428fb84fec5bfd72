import type { z } from 'zod';
import type { GivenImportedRun, importedRunAnswer } from '../../contracts/rest/imports.ts';
import type { Viewer } from '../../domain/access/viewer.ts';
import { importRun } from '../../operations/runs/import-run.ts';
import type { DoorDeps } from '../http/door-deps.ts';
import { keptTables, keptTag } from './param-rules.ts';

/** The handler of POST /api/v1/import/runs: histories of other trackers come through here, run by run. */
export function importRoutes({ ports, env }: Pick<DoorDeps, 'ports' | 'env'>) {
  return {
    async importRun({ viewer, body }: { readonly viewer: Viewer; readonly body: GivenImportedRun }): Promise<z.input<typeof importedRunAnswer>> {
      const { id, experiment, user, status, mark, startedAt, endedAt } = body;
      const name = body.name?.trim() ? keptTag('mlflow.runName', body.name) : null;
      const place = await importRun(ports, viewer, { id, mlflowExperimentId: experiment, name, userName: user, status, mark, startedAt: momentOf(startedAt), endedAt: momentOf(endedAt), ...keptTables(body) });
      return { outcome: place.outcome, project: place.project.slug, experiment: `${place.project.key}-${place.experiment.number}`, url: `${env.publicUrl}/r/${id}` };
    },
  };
}

const momentOf = (text: string | null): Date | null => (text === null ? null : new Date(text));
