import { z } from 'zod';

// What /api/v1 says of the machines that runs are on.

export const systemSample = z.strictObject({
  sequence: z.int().min(0).describe("The machine's own count of its samples, from 0: the step of their points."),
  time: z.union([z.number().min(-8.64e15).max(8.64e15), z.iso.datetime({ offset: true })]).describe('When it was measured: epoch milliseconds, or ISO 8601 with its offset.'),
  node: z.string().max(100).regex(/^[^/]*$/).default('').describe('Which machine of a run on several; leave out where there is one.'),
  gauges: z.record(z.string(), z.number()).describe(
    'cpu.utilisation, memory.utilisation, disk.utilisation, gpu.N.utilisation, gpu.N.memory.utilisation, gpu.N.power.utilisation in %; memory.used, disk.used, disk.available, network.received, network.sent, gpu.N.memory in bytes; gpu.N.power in watts.',
  ),
});

export const systemAcknowledged = z.strictObject({ added: z.int().describe('Points that were new; the rest of the batch was there before.') });

export const heartbeat = z.strictObject({});
export const heartbeatAcknowledged = z.strictObject({
  status: z.enum(['SCHEDULED', 'RUNNING', 'FINISHED', 'FAILED', 'KILLED']).describe('Of the run, as Lemma has it: a client may see that somebody ended it.'),
  nextWithinMs: z.int().describe('Beat again within so many milliseconds.'),
});
