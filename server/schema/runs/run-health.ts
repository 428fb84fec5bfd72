import { healthOf, type RunHealth, type RunHealthState } from '../../../domain/runs/run-health.ts';
import { batchedRows } from '../../batched.ts';
import { builder } from '../builder.ts';
import { RunRef } from '../types.ts';

const RunHealthStateEnum = builder.enumType('RunHealthState', {
  values: {
    HEALTHY: { description: 'Heard as usual, or ended as it should.' },
    STALLED: { description: 'Silent for much longer than usual for it.' },
    DIVERGED: { description: "A loss, or a metric of its experiment's hypothesis, is NaN or infinite, or a loss ran away." },
    LOST: { description: 'Its process is gone, and nobody ended the run.' },
    CRASHED: { description: 'It ended with an error, or was stopped.' },
  } as const,
});

const RunHealthRef = builder.objectRef<RunHealth>('RunHealth').implement({
  description: 'How a run is doing, as looked at every ten seconds. It never changes the status that MLflow clients see.',
  fields: (t) => ({
    state: t.expose('state', { type: RunHealthStateEnum }),
    since: t.expose('since', { type: 'DateTime', nullable: true }),
    reason: t.exposeString('reason', { nullable: true, description: 'A sentence for who looks at the run; null while healthy.' }),
  }),
});

const looksOf = batchedRows<string, RunHealth>(async (runIds, { reader }) => {
  const rows = await reader.runHealth.findMany({ where: { runId: { in: [...runIds] } }, select: { runId: true, state: true, since: true, reason: true } });
  return new Map(rows.map(({ runId, state, ...look }) => [runId, { ...look, state: state as RunHealthState }]));
});

builder.objectField(RunRef, 'health', (t) => t.field({
  type: RunHealthRef,
  resolve: async (run, _, context) => healthOf(run, (await looksOf(context, run.id)) ?? null),
}));
