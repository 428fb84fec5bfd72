import { Code, ConnectError } from '@connectrpc/connect';
import type { Logger } from 'pino';
import { Refusal, type RefusalFamily } from '../../domain/refusal.ts';
import { failureText, PAUSE_TEXT } from '../http/answer.ts';
import { newReference } from '../http/dispatcher.ts';
import { isOutage } from '../http/outage.ts';

const CODE: Readonly<Record<RefusalFamily, Code>> = {
  unauthenticated: Code.Unauthenticated, forbidden: Code.PermissionDenied, 'not-found': Code.NotFound, 'bad-input': Code.InvalidArgument, conflict: Code.FailedPrecondition, 'rate-limited': Code.ResourceExhausted,
};

/** "No" and "we failed" as gRPC has them. `trailers` go with either. */
export function asGrpcProblem(error: unknown, log: Logger, trailers: Readonly<Record<string, string>> = {}): ConnectError {
  if (error instanceof ConnectError) {
    for (const [name, value] of Object.entries(trailers)) error.metadata.set(name, value);
    return error;
  }
  if (error instanceof Refusal) return new ConnectError(error.message, CODE[error.family], { ...trailers, 'lemma-reason': error.code });
  if (isOutage(error)) {
    log.warn({ door: 'grpc', problem: String(error) }, 'a call came while something behind this server did not serve');
    return new ConnectError(PAUSE_TEXT, Code.Unavailable, { ...trailers, 'lemma-reason': 'server/store-unavailable' });
  }
  const reference = newReference();
  log.error({ err: error, reference, door: 'grpc' }, 'a call failed');
  return new ConnectError(failureText(reference), Code.Internal, { ...trailers, 'lemma-reason': 'server/fault' });
}
