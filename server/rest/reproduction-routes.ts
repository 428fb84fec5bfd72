import type { z } from 'zod';
import type { GivenReproduction, reproduction } from '../../contracts/rest/reproduction.ts';
import type { Viewer } from '../../domain/access/viewer.ts';
import { causeSentence } from '../../domain/reproduction/attempt.ts';
import { recordReproduction } from '../../operations/reproduction/record-reproduction.ts';
import type { DoorDeps } from '../http/door-deps.ts';

/** The handler of POST /api/v1/runs/{id}/reproductions: docs/decisions/0175-a-reproduction-is-judged-by-the-server.md. */
export function reproductionRoutes({ ports }: Pick<DoorDeps, 'ports'>) {
  return {
    async recordReproduction({ viewer, name, body }: { readonly viewer: Viewer; readonly name: string; readonly body: GivenReproduction }): Promise<z.input<typeof reproduction>> {
      const { run: againId, ...told } = body;
      const { id, reproduced, causes, metrics } = await recordReproduction(ports, viewer, { ...told, runId: name, againId });
      return { id, reproduced, causes: causes.map((cause) => ({ ...cause, sentence: causeSentence(cause) })), metrics: metrics.map((metric) => ({ ...metric, tolerance: { ...metric.tolerance } })) };
    },
  };
}
