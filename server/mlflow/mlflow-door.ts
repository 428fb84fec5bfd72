import type { IncomingMessage, ServerResponse } from 'node:http';
import { Refusal } from '../../domain/refusal.ts';
import { PAUSE_TEXT } from '../http/answer.ts';
import type { Door } from '../http/door.ts';
import type { DoorDeps } from '../http/door-deps.ts';
import { requireKeepable } from '../http/keepable.ts';
import { BatchReader } from './batch-reader.ts';
import type { Handler } from './call.ts';
import { asProblem, MlflowProblem } from './problem.ts';
import { findRoute, type Found } from './routes.ts';

/** The release whose protocol is spoken here. */
export const SPOKEN_VERSION = '3.17.2';

/** What clients ask about a server before they sign in; the keys are MLflow's. Files go through this server, whole, but for large ones that a store answers for: a redirect tells of these. */
const SERVER_INFO = {
  store_type: 'SqlStore',
  workspaces_enabled: false,
  trace_archival_enabled: false,
  multipart_uploads_enabled: false,
  multipart_downloads_enabled: false,
  presigned_upload_run_id_supported: false,
  presigned_upload_model_id_supported: false,
  features_enabled: { gateway: false },
} as const;

const PREFIX = /^\/(?:ajax-)?api\/([23])\.0\/(mlflow(?:-artifacts)?(?:\/.*)?)$/s;

/** MLflow's tracking protocol: an unmodified client works by setting MLFLOW_TRACKING_URI to this server's address. */
export function mlflowDoor(deps: DoorDeps): Door {
  const batches = new BatchReader();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<object | undefined> {
    const { pathname, query } = addressOf(request);
    const [, generation, path] = PREFIX.exec(pathname) ?? [];
    if (path === undefined) throw new MlflowProblem('ENDPOINT_NOT_FOUND', `There is no ${pathname} here.`);
    if (generation === '3' && path === 'mlflow/server-info') return SERVER_INFO;
    const found = generation === '2' ? findRoute(path) : null;
    requireKeepable(found?.path);
    const { handler, placeholders } = handlerFor(found, request, pathname);
    const viewer = await deps.viewerFor(request);
    if (!viewer) throw new Refusal('unauthenticated', 'access/sign-in-needed', 'You are not authenticated. Set MLFLOW_TRACKING_TOKEN to a token made in Lemma, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD with the token as password.');
    return handler({ viewer, deps, gate: deps.gate, batches, request, response, path: placeholders, query });
  }

  return {
    name: 'mlflow',
    opens: (path) => path === '/version' || path === '/health' || PREFIX.test(path),
    async handle(request, response) {
      const { pathname } = addressOf(request);
      if (pathname === '/version' || pathname === '/health') {
        sendText(response, pathname === '/version' ? SPOKEN_VERSION : 'OK');
        return;
      }
      try {
        const body = await answer(request, response);
        if (body !== undefined) sendJson(response, 200, body);
      } catch (error) {
        const problem = asProblem(error);
        if (!problem) throw error;
        sendProblem(response, problem);
      }
    },
    refuse: (refusal, response) => { sendProblem(response, asProblem(refusal) ?? new MlflowProblem('INTERNAL_ERROR', refusal.message)); },
    pause: (response) => {
      if (!response.headersSent) response.setHeader('retry-after', '1');
      sendProblem(response, new MlflowProblem('TEMPORARILY_UNAVAILABLE', PAUSE_TEXT));
    },
    fail: (reference, response) => { sendProblem(response, new MlflowProblem('INTERNAL_ERROR', `Something went wrong here, and it is not your fault. The log has it under ${reference}.`)); },
  };
}

function handlerFor(found: Found | null, { method = '' }: IncomingMessage, pathname: string): { readonly handler: Handler; readonly placeholders: Found['path'] } {
  if (!found) throw new MlflowProblem('ENDPOINT_NOT_FOUND', `There is no ${pathname} here. Lemma speaks MLflow's tracking, artifact and registry protocol; tracing, prompts and the gateway are not part of it.`);
  const handler = found.handlers.get(method);
  if (!handler) throw new MlflowProblem('BAD_REQUEST', `${pathname} answers ${[...found.handlers.keys()].join(', ')}, not ${method}.`, 405);
  return { handler, placeholders: found.path };
}

/** Not `new URL`: it would resolve "..", which must be seen to be refused. */
function addressOf({ url = '/' }: IncomingMessage): { readonly pathname: string; readonly query: URLSearchParams } {
  const mark = url.indexOf('?');
  return mark < 0 ? { pathname: url, query: new URLSearchParams() } : { pathname: url.slice(0, mark), query: new URLSearchParams(url.slice(mark + 1)) };
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), 'x-content-type-options': 'nosniff' }).end(text);
}

function sendText(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8', 'content-length': Buffer.byteLength(text) }).end(text);
}

function sendProblem(response: ServerResponse, problem: MlflowProblem): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (problem.status === 401) response.setHeader('www-authenticate', 'Basic realm="Lemma", Bearer realm="Lemma"');
  // What is left of a large body is not worth reading.
  if (problem.status === 413) response.setHeader('connection', 'close');
  sendJson(response, problem.status, { error_code: problem.code, message: problem.message });
}
