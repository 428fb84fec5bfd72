import type { HandlerContext } from '@connectrpc/connect';
import { systemSample } from '../../contracts/rest/system.ts';
import { badInput } from '../../domain/refusal.ts';
import type { LogSystemSamplesRequest, SystemSample } from '../../generated/proto/lemma/v1/ingest_pb.js';
import type { DoorDeps } from '../http/door-deps.ts';
import { MOST_POINTS } from '../ingest/given-batch.ts';
import { givenEntries } from '../ingest/given-entries.ts';
import { writeSamples } from '../ingest/write-samples.ts';
import { commitEach } from './commit-each.ts';
import { asNumber } from './log-lines.ts';

/** What a sample and a gauge take in memory until they are durable. */
const BYTES_A_SAMPLE = 400;
const BYTES_A_GAUGE = 200;
const CODES = { tooMany: 'stream/too-large', malformed: 'stream/bad-sample' } as const;

/** LogSystemSamples: what machines measured, by the code and the rules of POST /api/v1/runs/{id}/system. */
export async function logSystemSamples(deps: DoorDeps, context: Pick<HandlerContext, 'values'>, messages: AsyncIterable<LogSystemSamplesRequest>) {
  let added = 0;
  await commitEach(deps, context, messages, {
    bytesOf: ({ samples }) => samples.length * BYTES_A_SAMPLE + gaugesIn(samples) * BYTES_A_GAUGE,
    async commit(runId, { samples }) {
      added += await writeSamples(deps.ports, runId, givenEntries(systemSample, samples.map(entryOf), CODES));
    },
  });
  return { added: BigInt(added) };
}

function gaugesIn(samples: readonly SystemSample[]): number {
  const gauges = samples.reduce((sum, sample) => sum + Object.keys(sample.gauges).length, 0);
  if (gauges > MOST_POINTS) throw badInput('stream/too-large', `A batch may hold ${MOST_POINTS} gauges; one of ${gauges} came. Send more and smaller ones.`);
  return gauges;
}

const entryOf = ({ sequence, time, node, gauges }: SystemSample) => ({ sequence: asNumber(sequence), time: asNumber(time), node, gauges });
