import { fromBinary, toBinary, type DescMessage, type MessageShape } from '@bufbuild/protobuf';
import { Client, credentials, Metadata, type ServiceError } from '@grpc/grpc-js';
import { Ingest } from '../../generated/proto/lemma/v1/ingest_pb.js';

/** What a call came to: its answer, or its status code, reason and what was acknowledged. */
export type CallOutcome<Answer> = { readonly answer: Answer } | { readonly code: number; readonly reason: string; readonly message: string; readonly acknowledged: string };

/** A client-streaming call over gRPC's own client for Node, which shares no code with the server. */
export interface GrpcStream<Batch, Answer> {
  write(batch: Batch): Promise<void>;
  end(): Promise<CallOutcome<Answer>>;
  cut(): void;
  readonly outcome: Promise<CallOutcome<Answer>>;
}

type More = Readonly<Record<string, string>>;
type Methods = typeof Ingest.method;
type Streaming = 'logMetrics' | 'logLines' | 'logSystemSamples';
type StreamOf<Name extends Streaming> = GrpcStream<MessageShape<Methods[Name]['input']>, MessageShape<Methods[Name]['output']>>;
type AnswerOf<Name extends keyof Methods> = Promise<CallOutcome<MessageShape<Methods[Name]['output']>>>;

export interface GrpcClient {
  logMetrics(more?: More): StreamOf<'logMetrics'>;
  logLines(more?: More): StreamOf<'logLines'>;
  logSystemSamples(more?: More): StreamOf<'logSystemSamples'>;
  acknowledged(runId: string, stream: string, more?: More): AnswerOf<'getMetricStream'>;
  lineFeeds(runId: string, more?: More): AnswerOf<'getLineFeeds'>;
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

/** The client decodes messages as addresses, and leaves what an address may hold encoded: commas, colons. */
const settle = <Answer>(resolve: (outcome: CallOutcome<Answer>) => void) => (error: ServiceError | null, answer?: Answer): void => {
  if (answer !== undefined) resolve({ answer });
  else if (error) resolve({ code: error.code, message: decodeURIComponent(error.details), reason: String(error.metadata.get('lemma-reason')[0] ?? ''), acknowledged: String(error.metadata.get('lemma-acknowledged')[0] ?? '') });
};

interface Method<Input extends DescMessage, Output extends DescMessage> { readonly parent: { readonly typeName: string }; readonly name: string; readonly input: Input; readonly output: Output }

export function grpcClient(address: string): GrpcClient {
  const client = new Client(address, credentials.createInsecure());
  const { logMetrics, logLines, logSystemSamples, getMetricStream, getLineFeeds } = Ingest.method;

  const open = <Input extends DescMessage, Output extends DescMessage>(method: Method<Input, Output>, more: More = {}): GrpcStream<MessageShape<Input>, MessageShape<Output>> => {
    const { promise: outcome, resolve } = Promise.withResolvers<CallOutcome<MessageShape<Output>>>();
    const call = client.makeClientStreamRequest(pathOf(method), writer(method.input), reader(method.output), metadataOf(more), settle(resolve));
    return {
      outcome,
      // What a server did not want to read to its end is never written.
      write: (batch) => Promise.race([new Promise<void>((written) => { call.write(batch, () => { written(); }); }), outcome.then(() => {})]),
      end() {
        call.end();
        return outcome;
      },
      cut() { call.cancel(); },
    };
  };
  const ask = <Input extends DescMessage, Output extends DescMessage>(method: Method<Input, Output>, question: MessageShape<Input>, more: More = {}): Promise<CallOutcome<MessageShape<Output>>> =>
    new Promise((resolve) => { client.makeUnaryRequest(pathOf(method), writer(method.input), reader(method.output), question, metadataOf(more), settle(resolve)); });

  return {
    logMetrics: (more) => open(logMetrics, more),
    logLines: (more) => open(logLines, more),
    logSystemSamples: (more) => open(logSystemSamples, more),
    acknowledged: (runId, stream, more) => ask(getMetricStream, { $typeName: getMetricStream.input.typeName, runId, stream }, more),
    lineFeeds: (runId, more) => ask(getLineFeeds, { $typeName: getLineFeeds.input.typeName, runId }, more),
    close() { client.close(); },
  };
}
