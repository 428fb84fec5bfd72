import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { problem } from '../../contracts/rest/resources.ts';
import { noteRoutes } from '../../contracts/rest/notes.ts';
import { restRoutes } from '../../contracts/rest/routes.ts';
import { startApi, type Api, type TestPerson } from '../support/api.ts';

interface Description { readonly openapi: string; readonly paths: Record<string, Record<string, { readonly operationId: string; readonly responses: Record<string, unknown> }>> }

let api: Api;
let olga: TestPerson;
let as: { readonly authorization: string };

beforeAll(async () => {
  api = await startApi({ LEMMA_AUTH: 'required' });
  olga = await api.signUp('Olga');
  as = { authorization: `Bearer ${await api.token(olga)}` };
});
afterAll(() => api.stop());

const post = (body: unknown, more: Record<string, string> = {}): Promise<Response> =>
  api.fetch('/api/v1/projects', { as, method: 'POST', headers: { 'content-type': 'application/json', ...more }, body: typeof body === 'string' ? body : JSON.stringify(body) });

/** The body, after it proved to be exactly what the contract says. */
async function read<Shape extends z.ZodType>(response: Response, shape: Shape): Promise<z.output<Shape>> {
  return shape.parse(await response.json());
}

async function runOfSandbox(): Promise<string> {
  const { prisma } = api.adapters;
  const experiment = await prisma.experiment.findFirstOrThrow({ where: { mlflowId: 0 } });
  const id = api.adapters.ports.ids.run();
  await prisma.run.create({ data: { id, experimentId: experiment.id, name: 'calm-owl-1', status: 'FINISHED', seed: '7', params: { create: [{ key: 'lr', value: '0.1' }] }, tags: { create: [{ key: 'constructor', value: 'kept' }] } } });
  await api.adapters.ports.metrics.append(id, [{ key: 'loss', value: NaN, step: 2n, timestamp: 2n }, { key: 'loss', value: 0.5, step: 1n, timestamp: 1n }]);
  return id;
}

describe('/api/v1', () => {
  it('describes itself to anybody, and every address it names is served', async () => {
    const response = await api.fetch('/api/v1/openapi.json');
    expect(response.status).toBe(200);
    const { openapi, paths } = await response.json() as Description;
    expect(openapi).toBe('3.1.0');
    const described = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`));
    expect(described.toSorted()).toEqual(Object.values({ ...restRoutes, ...noteRoutes }).map(({ method, path }) => `${method} ${path}`).toSorted());
    for (const [path, methods] of Object.entries(paths)) {
      for (const method of Object.keys(methods)) {
        const answer = await api.fetch(`/api/v1${path.replaceAll(/\{\w+\}/g, 'unknown')}`, { as, method: method.toUpperCase() });
        expect((await answer.json() as { error?: { reason: string } }).error?.reason, `${method} ${path}`).not.toBe('http/no-such-path');
      }
    }
  });

  it('makes, lists by page and reads projects', async () => {
    for (const slug of ['alpha', 'beta']) {
      const made = await post({ slug, name: slug.toUpperCase() });
      expect(made.status).toBe(201);
      expect(await read(made, restRoutes.createProject.answer)).toMatchObject({ slug, key: slug.slice(0, 3).toUpperCase(), restricted: false });
    }
    const first = await read(await api.fetch('/api/v1/projects?first=2', { as }), restRoutes.listProjects.answer);
    expect(first.projects.map(({ slug }) => slug)).toEqual(['alpha', 'beta']);
    const second = await read(await api.fetch(`/api/v1/projects?first=2&after=${first.next}`, { as }), restRoutes.listProjects.answer);
    expect(second).toMatchObject({ projects: [{ slug: 'sandbox' }], next: null });
    expect(await read(await api.fetch('/api/v1/projects/alpha', { as }), restRoutes.readProject.answer)).toMatchObject({ slug: 'alpha' });
  });

  it('reads an experiment and a run', async () => {
    expect(await read(await api.fetch('/api/v1/experiments/SBX-1', { as }), restRoutes.readExperiment.answer)).toMatchObject({ key: 'SBX-1', mlflowExperimentId: '0', name: 'Default', project: 'sandbox', hypothesis: null, verdict: null });
    const run = await read(await api.fetch(`/api/v1/runs/${await runOfSandbox()}`, { as }), restRoutes.readRun.answer);
    expect(run).toMatchObject({ experiment: 'SBX-1', status: 'FINISHED', seed: '7', params: { lr: '0.1' }, metrics: { loss: { last: null, lastText: 'NaN', lastStep: 2, min: 0.5, max: 0.5, count: 2 } } });
    expect(run.tags).toEqual({ constructor: 'kept' });
  });

  it.each([
    ['a token that does not hold', '/api/v1/projects', { as: { authorization: 'Bearer nothing' } }, 401, 'access/invalid-credential'],
    ['no token', '/api/v1/projects', { as: null }, 401, 'access/sign-in-needed'],
    ['an unknown address', '/api/v1/nothing', {}, 404, 'http/no-such-path'],
    ['an unknown project', '/api/v1/projects/nothing', {}, 404, 'project/unknown'],
    ['a key that is none', "/api/v1/experiments/'; DROP TABLE runs; --", {}, 404, 'experiment/unknown'],
    ['a broken escape', '/api/v1/runs/%E0%A4%A', {}, 404, 'run/unknown'],
    ['a page too large', '/api/v1/projects?first=201', {}, 400, 'rest/query'],
    ['an unknown question', '/api/v1/projects?limit=2', {}, 400, 'rest/query'],
    ['a cursor of nothing', '/api/v1/projects?after=abc', {}, 400, 'page/cursor'],
    ['a method that is not taken', '/api/v1/projects', { method: 'DELETE' }, 400, 'http/method'],
  ])('answers %s in its own form', async (...[, path, init, status, reason]) => {
    const answer = await api.fetch(path, { as, ...init });
    expect(answer.status).toBe(status);
    expect((await read(answer, problem)).error.reason).toBe(reason);
  });

  it.each([
    ['no JSON', '{', {}, 400, 'http/malformed-json'],
    ['an unknown field', { slug: 'x', name: 'x', owner: 'me' }, {}, 400, 'rest/body'],
    ['a wrong type', { slug: 1, name: 'x' }, {}, 400, 'rest/body'],
    ['a slug in use', { slug: 'sandbox', name: 'x' }, {}, 409, 'project/slug-taken'],
    ['a form', 'slug=x', { 'content-type': 'application/x-www-form-urlencoded' }, 400, 'http/content-type'],
    ['too much', { slug: 'x', name: 'x', description: 'x'.repeat(1_000_001) }, {}, 413, 'http/body-too-large'],
  ])('refuses to make a project from %s', async (...[, body, headers, status, reason]) => {
    const answer = await post(body, headers);
    expect(answer.status).toBe(status);
    expect((await read(answer, problem)).error.reason).toBe(reason);
  });
});
