import { fromBinary, toBinary, type DescMessage, type MessageShape } from '@bufbuild/protobuf';
import { Client, credentials, Metadata, type ServiceError } from '@grpc/grpc-js';
import { Ingest, type LogMetricsRequest } from '../../generated/proto/lemma/v1/ingest_pb.js';

/** What a call came to: its answer, or its status code, reason and what was acknowledged. */
export type CallOutcome<Answer> = { readonly answer: Answer } | { readonly code: number; readonly reason: string; readonly message: string; readonly acknowledged: string };

/** A stream of batches over gRPC's own client for Node, which shares no code with the server. */
export interface GrpcStream {
  write(batch: LogMetricsRequest): Promise<void>;
  end(): Promise<CallOutcome<MessageShape<typeof Ingest.method.logMetrics.output>>>;
  cut(): void;
  readonly outcome: Promise<CallOutcome<MessageShape<typeof Ingest.method.logMetrics.output>>>;
}

export interface GrpcClient {
  logMetrics(more?: Readonly<Record<string, string>>): GrpcStream;
  acknowledged(runId: string, stream: string, more?: Readonly<Record<string, string>>): Promise<CallOutcome<MessageShape<typeof Ingest.method.getMetricStream.output>>>;
  close(): void;
}

const pathOf = ({ parent, name }: { readonly parent: { readonly typeName: string }; readonly name: string }): string => `/${parent.typeName}/${name}`;
const writer = <Desc extends DescMessage>(desc: Desc) => (message: MessageShape<Desc>): Buffer => Buffer.from(toBinary(desc, message));
const reader = <Desc extends DescMessage>(desc: Desc) => (bytes: Buffer): MessageShape<Desc> => fromBinary(desc, bytes);

function metadataOf(more: Readonly<Record<string, string>>): Metadata {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(more)) metadata.set(name, value);
  return metadata;
}

const settle = <Answer>(resolve: (outcome: CallOutcome<Answer>) => void) => (error: ServiceError | null, answer?: Answer): void => {
  if (answer !== undefined) resolve({ answer });
  else if (error) resolve({ code: error.code, message: error.details, reason: String(error.metadata.get('lemma-reason')[0] ?? ''), acknowledged: String(error.metadata.get('lemma-acknowledged')[0] ?? '') });
};

export function grpcClient(address: string): GrpcClient {
  const client = new Client(address, credentials.createInsecure());
  const { logMetrics, getMetricStream } = Ingest.method;
  return {
    logMetrics(more = {}) {
      const { promise: outcome, resolve } = Promise.withResolvers<CallOutcome<MessageShape<typeof logMetrics.output>>>();
      const call = client.makeClientStreamRequest(pathOf(logMetrics), writer(logMetrics.input), reader(logMetrics.output), metadataOf(more), settle(resolve));
      return {
        outcome,
        write: (batch) => new Promise((written) => { call.write(batch, () => { written(); }); }),
        end() {
          call.end();
          return outcome;
        },
        cut() { call.cancel(); },
      };
    },
    acknowledged: (runId, stream, more = {}) => new Promise((resolve) => {
      client.makeUnaryRequest(pathOf(getMetricStream), writer(getMetricStream.input), reader(getMetricStream.output), { $typeName: getMetricStream.input.typeName, runId, stream }, metadataOf(more), settle(resolve));
    }),
    close() { client.close(); },
  };
}
