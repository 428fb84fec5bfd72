import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import type { METRIC_STREAMS, metricsReceipt, metricStream } from '../../contracts/rest/metric-streams.ts';
import type { Viewer } from '../../domain/access/viewer.ts';
import { requireStreamName } from '../../domain/metrics/client-stream.ts';
import { badInput, Refusal } from '../../domain/refusal.ts';
import type { DoorDeps } from '../http/door-deps.ts';
import { Admission } from '../ingest/admission.ts';
import { arrowBatches } from '../ingest/arrow/arrow-batches.ts';
import { ByteReader } from '../ingest/byte-reader.ts';
import type { GivenBatch } from '../ingest/given-batch.ts';
import { ndjsonBatches } from '../ingest/ndjson.ts';
import { packedBatches } from '../ingest/packed-columns.ts';
import { receiveStream, type AskedStream } from '../ingest/receive-stream.ts';

type Form = (reader: ByteReader) => AsyncIterable<GivenBatch>;
const BY_TYPE: Readonly<Record<keyof typeof METRIC_STREAMS, Form>> = { 'application/vnd.lemma.columns': packedBatches, 'application/vnd.apache.arrow.stream': arrowBatches, 'application/x-ndjson': ndjsonBatches };
const FORMS: ReadonlyMap<string, Form> = new Map(Object.entries(BY_TYPE));

/** A stream that was refused on its way, after some of it was kept. */
export class StreamRefused extends Refusal {
  readonly acknowledged: number;
  constructor({ family, code, message }: Refusal, acknowledged: number) {
    super(family, code, message);
    this.acknowledged = acknowledged;
  }
}

interface StreamCall { readonly request: IncomingMessage; readonly viewer: Viewer; readonly name: string; readonly part: string }
type StreamQuery = Omit<Asked, 'runId'>;

/** The handlers of /api/v1/runs/{id}/metrics. */
export function metricStreamRoutes(deps: DoorDeps) {
  return {
    logMetrics: ({ request, name, query }: StreamCall & { readonly query: StreamQuery }) => logMetrics(deps, request, { runId: name, ...query }),
    async readMetricStream({ viewer, name, part }: StreamCall): Promise<z.input<typeof metricStream>> {
      await deps.gate.pass(viewer, name, 'project.read');
      requireStreamName(part);
      return { stream: part, acknowledged: await deps.ports.metrics.acknowledged(name, part) };
    },
  };
}

interface Asked { readonly runId: string; readonly stream?: string | undefined; readonly first?: number | undefined }

/** The body is read as it arrives and committed batch by batch. */
async function logMetrics(deps: DoorDeps, request: IncomingMessage, asked: Asked): Promise<z.input<typeof metricsReceipt>> {
  const admission = new Admission(deps, request, asked.runId);
  await admission.pass();
  const stream = streamOf(asked);
  const batches = formOf(request);
  // The request is not destroyed when we stop reading: its client must still get our answer.
  const reader = new ByteReader(request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>, deps.held);
  try {
    const { cause, ...receipt } = await receiveStream({ deps, admission, held: deps.held, door: 'rest' }, stream, batches(reader));
    if (cause instanceof Refusal) throw new StreamRefused(cause, receipt.acknowledged);
    if (cause !== null) throw cause;
    return { stream: stream.name, ...receipt };
  } finally {
    reader.close();
    deps.held.give(reader.handOver());
  }
}

function streamOf({ runId, stream, first }: Asked): AskedStream {
  if (stream === undefined) return { runId, name: null, first: first ?? 1 };
  requireStreamName(stream);
  if (first === undefined) throw badInput('stream/no-number', 'Say which number the first batch of this request has, as in ?stream=worker-0&first=1: it is how a stream is gone on with.');
  return { runId, name: stream, first };
}

function formOf({ headers }: IncomingMessage): Form {
  const type = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const form = FORMS.get(type);
  if (!form) throw badInput('http/content-type', `Send ${[...FORMS.keys()].join(', ')}.`);
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') throw badInput('http/content-encoding', 'Send the stream without a content encoding.');
  return form;
}
