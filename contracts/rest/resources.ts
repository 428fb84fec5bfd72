import { z } from 'zod';

// What /api/v1 says. Server and openapi.json are made from these shapes, so neither can say anything else.

export const projectResource = z.strictObject({
  id: z.string(),
  slug: z.string().describe('Stands in addresses and in MLflow experiment names before the first slash.'),
  key: z.string().describe('Starts the keys of its experiments: VIS in VIS-42.'),
  name: z.string(),
  description: z.string().nullable(),
  restricted: z.boolean().describe('Seen by its members only.'),
  createdAt: z.iso.datetime(),
  archivedAt: z.iso.datetime().nullable(),
});

export const projectPage = z.strictObject({
  projects: z.array(projectResource),
  next: z.string().nullable().describe('Pass as `after` for the next page; null on the last one.'),
});

export const newProject = z.strictObject({
  slug: z.string(),
  name: z.string(),
  key: z.string().optional().describe('Made from the slug when absent.'),
  description: z.string().optional(),
  restricted: z.boolean().optional(),
});

export const experimentResource = z.strictObject({
  id: z.string(),
  key: z.string(),
  mlflowExperimentId: z.string(),
  project: z.string().describe("The project's slug."),
  name: z.string(),
  description: z.string().nullable(),
  design: z.enum(['SINGLE_CHANGE', 'ABLATION', 'FACTORIAL', 'SWEEP', 'BASELINE']),
  hypothesis: z.strictObject({
    id: z.string(),
    statement: z.string(),
    metric: z.string().nullable(),
    direction: z.enum(['INCREASE', 'DECREASE']).nullable(),
    minEffect: z.number().nullable(),
  }).nullable().describe('Null while the experiment is exploratory.'),
  verdict: z.strictObject({
    outcome: z.enum(['SUPPORTED', 'REFUTED', 'EQUIVALENT', 'INCONCLUSIVE']),
    metric: z.string(),
    effect: z.number().nullable(),
    ciLow: z.number().nullable(),
    ciHigh: z.number().nullable(),
    pValue: z.number().nullable(),
    correctedP: z.number().nullable(),
    baselineRuns: z.int(),
    treatmentRuns: z.int(),
    runsNeeded: z.int().nullable(),
    method: z.string(),
    explanation: z.string(),
  }).nullable(),
  evidenceDigest: z.string(),
  createdAt: z.iso.datetime(),
});

export const runResource = z.strictObject({
  id: z.string().describe('As the MLflow protocol shows it.'),
  name: z.string(),
  experiment: z.string().describe("The experiment's key."),
  status: z.enum(['SCHEDULED', 'RUNNING', 'FINISHED', 'FAILED', 'KILLED']),
  seed: z.string().nullable(),
  params: z.record(z.string(), z.string()),
  tags: z.record(z.string(), z.string()),
  metrics: z.record(z.string(), z.strictObject({
    last: z.number().nullable().describe('Null stands for NaN and infinities; lastText says which.'),
    lastText: z.string(),
    firstStep: z.number(),
    lastStep: z.number(),
    min: z.number().nullable(),
    minStep: z.number().nullable().describe('The first step at which min was reached; null when every value was NaN.'),
    max: z.number().nullable(),
    maxStep: z.number().nullable().describe('The first step at which max was reached; null when every value was NaN.'),
    count: z.int(),
  })),
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  deletedAt: z.iso.datetime().nullable(),
  excludedReason: z.string().nullable().describe('Why the run is left out of the statistics; null when it counts.'),
});

export const problem = z.strictObject({
  error: z.strictObject({
    code: z.enum(['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'BAD_USER_INPUT', 'CONFLICT', 'RATE_LIMITED', 'INTERNAL_SERVER_ERROR']),
    reason: z.string().describe('What exactly, as project/slug-taken.'),
    message: z.string(),
    reference: z.string().optional().describe('Of our log, when we failed.'),
    acknowledged: z.int().optional().describe('Of a stream that was refused on its way: the number up to which everything before is durable.'),
  }),
});
