import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { restRoutes, type RestRoute, type RestRouteName } from '../../contracts/rest/routes.ts';
import type { Viewer } from '../../domain/access/viewer.ts';
import { parseExperimentKey } from '../../domain/projects/key.ts';
import { parseRunColumns } from '../../domain/search/parse-run-columns.ts';
import { parseRunFilter } from '../../domain/search/parse-run-filter.ts';
import { parseRunOrder } from '../../domain/search/parse-run-order.ts';
import { notFound, Refusal } from '../../domain/refusal.ts';
import { createProject } from '../../operations/projects/create-project.ts';
import { sendJson } from '../http/answer.ts';
import { answersInJson } from '../http/answers-in-json.ts';
import { readEntries } from '../http/entries-body.ts';
import { readJson } from '../http/json-body.ts';
import { requireKeepable } from '../http/keepable.ts';
import { parsed } from '../http/parsed.ts';
import { pathOf } from '../http/dispatcher.ts';
import type { Door } from '../http/door.ts';
import type { DoorDeps } from '../http/door-deps.ts';
import { givenEntries } from '../ingest/given-entries.ts';
import { cursorFrom, cursorKeys } from '../schema/connection.ts';
import { visibleProjects } from '../visibility.ts';
import { calendarRoutes } from './calendar-routes.ts';
import { captureRoutes } from './capture-routes.ts';
import { consoleRoutes } from './console-routes.ts';
import { duplicateRoutes } from './duplicate-routes.ts';
import { importRoutes } from './import-routes.ts';
import { machineRoutes } from './machine-routes.ts';
import { metricStreamRoutes, StreamRefused } from './metric-stream-routes.ts';
import { openapiDocument } from './openapi.ts';
import { readMetrics } from './read-metrics.ts';
import { experimentAnswer, projectAnswer, runAnswer } from './rest-answers.ts';
import { reproductionRoutes } from './reproduction-routes.ts';
import { runCsv } from './run-csv.ts';
import { sendPieces, type Pieces } from './send-pieces.ts';
import { triedRoutes } from './tried-routes.ts';

const PREFIX = '/api/v1';
const BODY_BYTES = 1_000_000;
/** Of a body of many entries. */
const ENTRIES_BYTES = 4_000_000;

interface Call<Name extends RestRouteName> {
  readonly viewer: Viewer;
  readonly request: IncomingMessage;
  /** The first part of the path in braces; empty where there is none. */
  readonly name: string;
  /** The second one. */
  readonly part: string;
  readonly query: (typeof restRoutes)[Name] extends { query: infer Query extends z.ZodType } ? z.output<Query> : undefined;
  readonly body: (typeof restRoutes)[Name] extends { body: infer Body extends z.ZodType } ? z.output<Body> : undefined;
  readonly entries: (typeof restRoutes)[Name] extends { entries: infer Entry extends z.ZodType } ? readonly z.output<Entry>[] : undefined;
}
type Answer<Name extends RestRouteName> = (typeof restRoutes)[Name] extends { streamed: string } ? Pieces : z.input<(typeof restRoutes)[Name]['answer']>;
type Handlers = { readonly [Name in RestRouteName]: (call: Call<Name>) => Promise<Answer<Name>> };
type AnyHandler = (call: { readonly request: IncomingMessage; readonly viewer: Viewer; readonly name: string; readonly part: string; readonly query: unknown; readonly body: unknown; readonly entries: unknown }) => Promise<unknown>;

const unknown = (noun: string): Refusal => notFound(`${noun}/unknown`, `There is no such ${noun}, or you may not see it.`);

function handlersOf(deps: DoorDeps): Handlers {
  const { reader, ports, gate } = deps;
  return {
    ...consoleRoutes(ports, gate),
    ...machineRoutes(ports, gate),
    ...calendarRoutes(deps),
    ...captureRoutes(deps),
    ...duplicateRoutes(deps),
    ...importRoutes(deps),
    ...metricStreamRoutes(deps),
    ...reproductionRoutes(deps),
    ...triedRoutes(deps),
    async listProjects({ viewer, query: { first, after } }) {
      const [slug] = cursorKeys(after, 1) ?? [];
      const rows = await reader.project.findMany({ where: { AND: [visibleProjects(viewer), slug === undefined ? {} : { slug: { gt: String(slug) } }] }, orderBy: { slug: 'asc' }, take: first + 1 });
      const page = rows.slice(0, first);
      return { projects: page.map(projectAnswer), next: rows.length > first ? cursorFrom(page.at(-1)?.slug ?? '') : null };
    },
    async createProject({ viewer, body }) {
      return projectAnswer(await createProject(ports, viewer, body));
    },
    async readProject({ viewer, name }) {
      const project = await reader.project.findFirst({ where: { slug: name, ...visibleProjects(viewer) } });
      if (!project) throw unknown('project');
      return projectAnswer(project);
    },
    async readRuns({ viewer, name, query: { filter, orderBy, columns } }) {
      const project = await reader.project.findFirst({ where: { slug: name, ...visibleProjects(viewer) }, select: { slug: true } });
      if (!project) throw unknown('project');
      return runCsv({ reader, ports }, { viewer, projectSlug: project.slug, filter: parseRunFilter(filter), orderBy: parseRunOrder(orderBy ? [orderBy] : []), columns: parseRunColumns(columns) });
    },
    async readExperiment({ viewer, name }) {
      const key = parseExperimentKey(name);
      const row = key && await reader.experiment.findFirst({ where: { number: key.number, deletedAt: null, project: { key: key.key, ...visibleProjects(viewer) } }, include: { project: true, hypothesis: true, verdict: true } });
      if (!row) throw unknown('experiment');
      return experimentAnswer(row);
    },
    async readRun({ viewer, name }) {
      const row = await reader.run.findFirst({ where: { id: name, experiment: { project: visibleProjects(viewer) } }, include: { experiment: { include: { project: true } }, params: true, tags: true } });
      if (!row) throw unknown('run');
      return runAnswer(row, (await ports.metrics.summaries([row.id])).get(row.id) ?? []);
    },
    readMetrics: ({ viewer, query: { run, key, maxPoints, ...range } }) => readMetrics(deps, viewer, { runIds: run, keys: key, maxPoints, range }),
    askMetrics: ({ viewer, body: { runs, keys, maxPoints, ...range } }) => readMetrics(deps, viewer, { runIds: [...new Set(runs)], keys: keys && [...new Set(keys)], maxPoints, range }),
  };
}

/** REST for machines under /api/v1; described by /api/v1/openapi.json, which anybody may read. */
export function restDoor(deps: DoorDeps): Door {
  const handlers = handlersOf(deps) as Readonly<Record<string, AnyHandler>>;
  return {
    name: 'rest',
    opens: (path) => path === PREFIX || path.startsWith(`${PREFIX}/`),
    async handle(request, response) {
      const path = pathOf(request).slice(PREFIX.length);
      if (path === '/openapi.json') { sendJson(response, 200, openapiDocument(deps.env.publicUrl)); return; }
      const found = routeFor(request.method ?? 'GET', path);
      requireKeepable([found.name, found.part]);
      const handler = handlers[found.id];
      if (!handler) throw new Error(`no handler for ${found.id}`);
      const viewer = await deps.viewerFor(request);
      if (!viewer) throw new Refusal('unauthenticated', 'access/sign-in-needed', 'Send a token: Authorization: Bearer <token>.');
      const answer = await handler({ request, viewer, name: found.name, part: found.part, query: queryOf(found.route, request), body: await bodyOf(found.route, request), entries: await entriesOf(found.route, request) });
      if (found.route.streamed) await sendPieces(response, found.route.streamed, answer as Pieces);
      else sendJson(response, found.route.status, answer);
    },
    ...answersInJson((refusal) => (refusal instanceof StreamRefused ? { acknowledged: refusal.acknowledged } : {})),
  };
}

function routeFor(method: string, path: string): { readonly id: string; readonly route: RestRoute; readonly name: string; readonly part: string } {
  const there = Object.entries<RestRoute>(restRoutes).flatMap(([id, route]) => {
    const match = new RegExp(`^${route.path.replaceAll(/\{\w+\}/g, '([^/]+)')}/?$`).exec(path);
    return match ? [{ id, route, name: decoded(match[1] ?? ''), part: decoded(match[2] ?? '') }] : [];
  });
  const found = there.find(({ route }) => route.method === method.toLowerCase());
  if (found) return found;
  if (there.length > 0) throw new Refusal('bad-input', 'http/method', `This address takes ${there.map(({ route }) => route.method.toUpperCase()).join(' and ')}.`);
  throw notFound('http/no-such-path', `There is nothing at this address. ${PREFIX}/openapi.json lists what there is.`);
}

function decoded(part: string): string {
  try { return decodeURIComponent(part); } catch { return part; }
}

function queryOf(route: RestRoute, request: IncomingMessage): unknown {
  if (!route.query) return undefined;
  const given = new URL(request.url ?? '/', 'http://localhost').searchParams;
  const query = Object.fromEntries([...given.keys()].map((name) => [name, oneOrMany(given.getAll(name))]));
  requireKeepable(query);
  return parsed(route.query, query, 'rest/query');
}

const oneOrMany = (values: readonly string[]): string | readonly string[] | undefined => (values.length > 1 ? values : values[0]);

async function bodyOf(route: RestRoute, request: IncomingMessage): Promise<unknown> {
  if (!route.body) return undefined;
  return parsed(route.body, await readJson(request, route.bodyBytes ?? BODY_BYTES), 'rest/body');
}

async function entriesOf({ entries }: RestRoute, request: IncomingMessage): Promise<unknown> {
  if (!entries) return undefined;
  return givenEntries(entries, await readEntries(request, ENTRIES_BYTES), { tooMany: 'rest/too-many-entries', malformed: 'rest/body' });
}
