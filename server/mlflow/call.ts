import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';
import type { Viewer } from '../../domain/access/viewer.ts';
import type { DoorDeps } from '../http/door-deps.ts';
import { requireKeepable } from '../http/keepable.ts';
import type { BatchReader } from './batch-reader.ts';
import { parseFields } from './fields.ts';
import { objectIn } from './json-object.ts';
import { invalid, MlflowProblem } from './problem.ts';
import type { RunGate } from '../run-gate.ts';

/** One request at the MLflow door, its caller known. */
export interface Call {
  readonly viewer: Viewer;
  readonly deps: DoorDeps;
  readonly gate: RunGate;
  readonly batches: BatchReader;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** What the route's placeholders stood for. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
}

/** Answers a request with a JSON body, or sends the answer itself and resolves to undefined. */
export type Handler = (call: Call) => Promise<object | undefined>;

/** Bytes of a JSON body: a dataset's profile alone may have 16 MiB. */
const LARGEST_BODY = 32 * 1024 * 1024;

/** Fields that may come more than once in a query. */
const REPEATED: ReadonlySet<string> = new Set(['experiment_ids', 'order_by', 'run_ids', 'stages']);

/** The request's fields, from its JSON body, or from the query of a GET; refused in MLflow's words where they do not fit. */
export async function fieldsOf<Schema extends z.ZodType>(call: Call, schema: Schema): Promise<z.output<Schema>> {
  return parseFields(schema, { ...(await bodyOf(call)), ...call.path });
}

/** The same, not yet looked at. */
export async function bodyOf({ request, query }: Call): Promise<Readonly<Record<string, unknown>>> {
  requireKeepable([...query]);
  if (request.method === 'GET') return Object.fromEntries([...new Set(query.keys())].map((key) => [key, REPEATED.has(key) ? query.getAll(key) : query.get(key)]));
  return objectIn((await readBytes(request)).toString('utf8'));
}

function requireJson(request: IncomingMessage): void {
  if (request.method !== 'POST' && request.method !== 'PUT') return;
  const type = request.headers['content-type'];
  if (type === undefined) throw invalid('Bad Request. Content-Type header is missing.');
  if (type.split(';')[0]?.trim().toLowerCase() !== 'application/json') throw invalid("Bad Request. Content-Type must be one of ['application/json'].");
}

/** The bytes of a JSON body. */
export async function readBytes(request: IncomingMessage): Promise<Buffer> {
  requireJson(request);
  const parts: Buffer[] = [];
  let size = 0;
  const tooLarge = (): MlflowProblem => new MlflowProblem('INVALID_PARAMETER_VALUE', `The request body is larger than ${LARGEST_BODY} bytes. Send it in smaller parts.`, 413);
  if (Number(request.headers['content-length'] ?? 0) > LARGEST_BODY) throw tooLarge();
  // The request is not destroyed when we stop reading: the caller must still get our answer.
  for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > LARGEST_BODY) throw tooLarge();
    parts.push(part);
  }
  return Buffer.concat(parts, size);
}
