import { z } from 'zod';
import { experimentResource, newProject, projectPage, projectResource, runResource } from './resources.ts';

export interface RestRoute {
  readonly method: 'get' | 'post';
  /** Below /api/v1, with {names} for the parts that vary. */
  readonly path: string;
  readonly summary: string;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly status: 200 | 201;
  readonly answer: z.ZodType;
}

/** All of /api/v1 but its description. The server has one handler for each name, and openapi.json one entry. */
export const restRoutes = {
  listProjects: {
    method: 'get', path: '/projects', summary: 'Projects you may see, by slug.', status: 200, answer: projectPage,
    query: z.strictObject({ first: z.coerce.number().int().min(1).max(200).default(50), after: z.string().optional() }),
  },
  createProject: { method: 'post', path: '/projects', summary: 'Make a project; you own it.', status: 201, body: newProject, answer: projectResource },
  readProject: { method: 'get', path: '/projects/{slug}', summary: 'One project.', status: 200, answer: projectResource },
  readExperiment: { method: 'get', path: '/experiments/{key}', summary: 'An experiment with its hypothesis and current verdict.', status: 200, answer: experimentResource },
  readRun: { method: 'get', path: '/runs/{id}', summary: 'A run with its params, tags and the summary of every metric.', status: 200, answer: runResource },
} as const satisfies Record<string, RestRoute>;

export type RestRouteName = keyof typeof restRoutes;
