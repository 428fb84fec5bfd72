import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startStack, type Stack } from '../support/stack.ts';
import { startMlflowServer, type MlflowServer } from './mlflow-server.ts';
import { REQUESTS, type SameRequest } from './requests.ts';

// The same requests, good and bad, to Lemma and to the real `mlflow server`: status, error_code and message must be the same, and so must the bodies of good answers.

interface Names { readonly EXP: string; readonly RUN: string; readonly GONE: string; readonly MODEL: string }
interface Side { readonly url: string; readonly names: Names }
interface Answer { readonly status: number; readonly body: unknown }

let lemma: Stack;
let mlflow: MlflowServer;
let sides: { readonly ours: Side; readonly theirs: Side };

beforeAll(async () => {
  [lemma, mlflow] = await Promise.all([startStack({ env: { LEMMA_PAGES: '0' } }), startMlflowServer()]);
  sides = { ours: await setUp(lemma.url), theirs: await setUp(mlflow.url) };
});

afterAll(async () => {
  await Promise.all([lemma?.stop(), mlflow?.stop()]);
});

describe.each(Object.entries(REQUESTS))('%s', (_, requests) => {
  test.each(requests.map((request) => [describeRequest(request), request] as const))('%s', async (_name, request) => {
    const [ours, theirs] = [await send(sides.ours, request), await send(sides.theirs, request)];
    expect(ours.status, 'never our fault').not.toBe(500);
    expect(compared(ours, request), `asked ${describeRequest(request)}`).toEqual(compared(theirs, request));
  });
});

function describeRequest({ method, path, body }: SameRequest): string {
  const text = typeof body === 'string' ? body : JSON.stringify(body) ?? '';
  return `${method} ${path.replace(/^mlflow\//, '')} ${text.length > 90 ? `${text.slice(0, 60)}…${text.length}` : text}`;
}

async function setUp(url: string): Promise<Side> {
  const make = async <Made>(path: string, body: object): Promise<Made> => {
    const response = await fetch(`${url}/api/2.0/mlflow/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    expect(response.status, `${path} at ${url}`).toBe(200);
    return await response.json() as Made;
  };
  const { experiment_id: EXP } = await make<{ experiment_id: string }>('experiments/create', { name: 'compared' });
  const run = async (): Promise<string> => (await make<{ run: { info: { run_id: string } } }>('runs/create', { experiment_id: EXP, run_name: 'a run', start_time: 1 })).run.info.run_id;
  const [RUN, GONE] = [await run(), await run()];
  await make('runs/delete', { run_id: GONE });
  const { model } = await make<{ model: { info: { model_id: string } } }>('logged-models', { experiment_id: EXP, name: 'a-model' });
  return { url, names: { EXP, RUN, GONE, MODEL: model.info.model_id } };
}

async function send({ url, names }: Side, { method, path, body }: SameRequest): Promise<Answer> {
  const named = (text: string): string => text.replace(/\{(EXP|RUN|GONE|MODEL)\}/g, (_, name: keyof Names) => names[name]);
  const text = body === undefined ? null : named(typeof body === 'string' ? body : JSON.stringify(body));
  const response = await fetch(`${url}/api/2.0/${named(path)}`, { method, ...(text === null ? {} : { body: text, headers: { 'content-type': 'application/json' } }) });
  const answer = await response.text();
  const anonymous = Object.entries(names).reduce((left, [name, id]) => (name === 'EXP' ? left : left.replaceAll(id, `{${name}}`)), answer);
  return { status: response.status, body: parsed(anonymous) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text === '' ? {} : text;
  }
}

/** What both must agree on. Lists of pairs come in any order. */
function compared({ status, body }: Answer, { except }: SameRequest): unknown {
  if (except?.field === 'all') return {};
  const { error_code, message } = (typeof body === 'object' && body !== null ? body : {}) as { error_code?: string; message?: string };
  if (error_code !== undefined) return { status, error_code, ...(except?.field === 'message' ? {} : { message: spaced(message) }) };
  return { status, body: inOrder(body) };
}

/** Our experiment may have another number than theirs. */
const spaced = (text: string | undefined): string | undefined => text?.replaceAll(/mlflow-artifacts:\/\d+/g, 'mlflow-artifacts:/N');

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  if (typeof value === 'string') return spaced(value);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, inOrder(each)]));
}
