import type { z } from 'zod';
import type { heartbeatAcknowledged, systemSample } from '../../contracts/rest/system.ts';
import type { Viewer } from '../../domain/access/viewer.ts';
import type { Ports } from '../../operations/ports/ports.ts';
import { beat } from '../../operations/runs/beat.ts';
import { writeSamples } from '../ingest/write-samples.ts';
import type { RunGate } from '../run-gate.ts';

interface MachineCall { readonly viewer: Viewer; readonly name: string }

const BEAT_EVERY_MS = 60_000;

/** The handlers for what the machine of a run says: /api/v1/runs/{id}/system and /heartbeat. */
export function machineRoutes(ports: Pick<Ports, 'metrics' | 'store' | 'clock'>, gate: RunGate) {
  return {
    async writeSystem({ viewer, name, entries }: MachineCall & { readonly entries: readonly z.output<typeof systemSample>[] }) {
      await gate.passActive(viewer, name, 'run.log');
      return { added: await writeSamples(ports, name, entries) };
    },
    async beat({ viewer, name }: MachineCall): Promise<z.input<typeof heartbeatAcknowledged>> {
      return { status: await beat(ports, viewer, name), nextWithinMs: BEAT_EVERY_MS };
    },
  };
}
