import type { HandlerContext, ServiceImpl } from '@connectrpc/connect';
import type { Viewer } from '../../domain/access/viewer.ts';
import { requireStreamName } from '../../domain/metrics/client-stream.ts';
import { badInput, Refusal } from '../../domain/refusal.ts';
import type { Ingest, LogMetricsRequest, MetricSeries } from '../../generated/proto/lemma/v1/ingest_pb.js';
import type { MetricColumns } from '../../operations/ports/metric-store.ts';
import type { DoorDeps } from '../http/door-deps.ts';
import { requireKeepable } from '../http/keepable.ts';
import { Admission } from '../ingest/admission.ts';
import { MOST_POINTS, MOST_SERIES, type GivenBatch } from '../ingest/given-batch.ts';
import { receiveStream, type AskedStream } from '../ingest/receive-stream.ts';
import { askingOf } from './asking.ts';
import { emptyCall, otherRun, runNamed } from './commit-each.ts';
import { asGrpcProblem } from './grpc-answer.ts';
import { feedAnswer, logLines } from './log-lines.ts';
import { logSystemSamples } from './log-system-samples.ts';

/** lemma.v1.Ingest: the fast door over gRPC, by the same code as over REST. */
export function ingestService(deps: DoorDeps): ServiceImpl<typeof Ingest> {
  return {
    async logMetrics(requests, context) {
      const messages = requests[Symbol.asyncIterator]();
      const { value: first, done } = await messages.next();
      if (done === true) throw emptyCall();
      const asked = askedIn(first);
      const admission = new Admission(deps, askingOf(context), asked.runId);
      await admission.pass();
      const { cause, ...sum } = await receiveStream({ deps, admission, held: deps.held, door: 'grpc' }, asked, batchesOf(deps, asked, first, messages));
      if (cause !== null) throw asGrpcProblem(cause, deps.log, { 'lemma-acknowledged': String(sum.acknowledged) });
      return { acknowledged: BigInt(sum.acknowledged), points: BigInt(sum.points), added: BigInt(sum.added) };
    },
    async getMetricStream({ runId, stream }, context) {
      requireKeepable([runId, stream]);
      await deps.gate.pass(await viewerOf(deps, context), runId, 'project.read');
      requireStreamName(stream);
      return { acknowledged: BigInt(await deps.ports.metrics.acknowledged(runId, stream)) };
    },
    logLines: (requests, context) => logLines(deps, context, requests),
    async getLineFeeds({ runId }, context) {
      requireKeepable(runId);
      await deps.gate.pass(await viewerOf(deps, context), runId, 'project.read');
      const [feeds, { lineCount }] = await Promise.all([deps.ports.console.feeds(runId), deps.ports.console.state(runId)]);
      return { acknowledged: feeds.map(feedAnswer), lineCount: BigInt(lineCount) };
    },
    logSystemSamples: (requests, context) => logSystemSamples(deps, context, requests),
  };
}

async function viewerOf(deps: Pick<DoorDeps, 'viewerFor'>, context: Pick<HandlerContext, 'values'>): Promise<Viewer> {
  const viewer = await deps.viewerFor(askingOf(context));
  if (!viewer) throw new Refusal('unauthenticated', 'access/sign-in-needed', 'Send a token: authorization: Bearer <token>.');
  return viewer;
}

function askedIn(first: LogMetricsRequest): AskedStream {
  const { stream, sequence } = first;
  requireKeepable(stream);
  const runId = runNamed(first);
  if (stream === '') return { runId, name: null, first: 1 };
  requireStreamName(stream);
  return { runId, name: stream, first: numberOf(sequence) };
}

function numberOf(sequence: bigint): number {
  if (sequence < 1n || sequence > BigInt(Number.MAX_SAFE_INTEGER)) throw badInput('stream/no-number', 'Number the batches of a named stream, beginning with 1: it is how it is gone on with.');
  return Number(sequence);
}

async function* batchesOf({ held }: Pick<DoorDeps, 'held'>, asked: AskedStream, first: LogMetricsRequest, rest: AsyncIterator<LogMetricsRequest>): AsyncGenerator<GivenBatch> {
  let expected = asked.first;
  for (let next: IteratorResult<LogMetricsRequest, unknown> = { value: first, done: false }; next.done !== true; next = await rest.next()) {
    const { runId, sequence, series } = next.value;
    if (runId !== '' && runId !== asked.runId) throw otherRun(next.value);
    if (asked.name !== null && numberOf(sequence) !== expected) throw badInput('stream/out-of-order', `A batch with the number ${sequence} came where ${expected} was to come.`);
    expected += 1;
    yield batchOf(series, held);
  }
}

function batchOf(series: readonly MetricSeries[], held: DoorDeps['held']): GivenBatch {
  const points = series.reduce((sum, { values }) => sum + values.length, 0);
  if (series.length > MOST_SERIES || points > MOST_POINTS) throw badInput('stream/too-large', `A batch may hold ${MOST_SERIES} series and ${MOST_POINTS} points; one of ${series.length} and ${points} came. Send more and smaller ones.`);
  const bytes = points * 24;
  held.take(bytes);
  return { series: series.map(columnsOf), numbers: 1, bytes };
}

const columnsOf = ({ key, steps, timestamps, values }: MetricSeries): MetricColumns =>
  ({ key, steps: BigInt64Array.from(steps), timestamps: BigInt64Array.from(timestamps), values: Float64Array.from(values) });
