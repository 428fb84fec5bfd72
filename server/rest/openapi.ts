import { z } from 'zod';
import { noteRoutes } from '../../contracts/rest/notes.ts';
import { problem } from '../../contracts/rest/resources.ts';
import { restRoutes, type RestRoute } from '../../contracts/rest/routes.ts';

const json = (schema: unknown) => ({ 'application/json': { schema } });
const shape = (schema: z.ZodType, io: 'input' | 'output' = 'output') => z.toJSONSchema(schema, { io, target: 'draft-2020-12' });

/** Many entries at once: as an array, or one a line. */
const entriesContent = (entry: unknown) => ({ ...json({ type: 'array', items: entry }), 'application/x-ndjson': { schema: entry } });

function parametersOf(route: RestRoute): unknown[] {
  const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
  const inQuery = Object.entries(route.query?.shape ?? {}).map(([name, schema]) => ({ name, in: 'query', required: false, schema: withoutDialect(shape(schema as z.ZodType, 'input')) }));
  return [...inPath, ...inQuery];
}

const withoutDialect = (schema: Record<string, unknown>) => Object.fromEntries(Object.entries(schema).filter(([name]) => name !== '$schema'));

const operationOf = (name: string, route: RestRoute) => ({
  operationId: name,
  summary: route.summary,
  parameters: parametersOf(route),
  ...(route.stream ? { requestBody: { required: true, content: Object.fromEntries(Object.entries(route.stream).map(([type, { description, line }]) => [type, { schema: line ? { ...withoutDialect(shape(line, 'input')), description } : { type: 'string', format: 'binary', description } }])) } } : {}),
  ...(route.body ? { requestBody: { required: true, content: json(withoutDialect(shape(route.body, 'input'))) } } : {}),
  ...(route.entries ? { requestBody: { required: true, content: entriesContent(withoutDialect(shape(route.entries, 'input'))) } } : {}),
  responses: {
    [route.status]: { description: route.summary, content: { [route.streamed?.split(';')[0] ?? 'application/json']: { schema: withoutDialect(shape(route.answer)) } } },
    default: { description: 'A refusal, or a failure of ours.', content: json({ $ref: '#/components/schemas/Problem' }) },
  },
});

/** The OpenAPI 3.1 description of /api/v1, made from the shapes the server answers with. */
export function openapiDocument(serverUrl: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [name, route] of Object.entries<RestRoute>({ ...restRoutes, ...noteRoutes })) paths[route.path] = { ...paths[route.path], [route.method]: operationOf(name, route) };
  return {
    openapi: '3.1.0',
    info: { title: 'Lemma', version: '1', description: 'The part of Lemma that machines read without GraphQL. Send a token: `Authorization: Bearer <token>`, or as the password of HTTP Basic.' },
    servers: [{ url: `${serverUrl}/api/v1` }],
    security: [{ bearer: [] }, { basic: [] }],
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' }, basic: { type: 'http', scheme: 'basic' } },
      schemas: { Problem: withoutDialect(shape(problem)) },
    },
  };
}
