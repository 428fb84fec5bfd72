import { z } from 'zod';

const id = z.string().regex(/^[0-9a-f]{32}$/, 'must be 32 lower-case hex digits');
const text = z.string().max(2_000);
const CAUSE_KINDS = ['COMMIT', 'CHANGES', 'SUBMODULE', 'INTERPRETER', 'PACKAGE', 'DATA', 'SEED', 'COMMAND', 'METRIC'] as const;
const cause = z.strictObject({
  kind: z.enum(CAUSE_KINDS),
  name: z.string().min(1).max(500).describe('Which submodule, package, dataset or metric.'),
  expected: text.nullable().default(null).describe('What was recorded.'),
  found: text.nullable().default(null).describe('What there was; null for nothing.'),
});

export const newReproduction = z.strictObject({
  id: id.describe('Chosen by the client, so that an attempt that is sent twice is one.'),
  run: id.nullable().default(null).describe('The run that did it again, of the same experiment, after it ended; null where nothing could be started.'),
  causes: z.array(cause).max(100).default([]).describe('What the client found to differ. What the records of both runs tell is added.'),
  metrics: z.array(z.string().min(1).max(250)).max(1_000).nullable().default(null).describe('Only these are compared; all but those of the machine when absent. Leave out what measures time.'),
  machine: z.string().max(500).nullable().default(null),
});

export const reproduction = z.strictObject({
  id: z.string(),
  reproduced: z.boolean(),
  causes: z.array(z.strictObject({ kind: z.enum(CAUSE_KINDS), name: z.string(), expected: z.string().nullable(), found: z.string().nullable(), sentence: z.string() })),
  metrics: z.array(z.strictObject({
    key: z.string(), original: z.number().nullable(), again: z.number().nullable(), within: z.boolean(),
    tolerance: z.strictObject({ amount: z.number(), from: z.enum(['EXACT', 'SAME_SEED', 'ALL_SEEDS']).describe('EXACT: equal but for rounding; else the spread of runs of the variant it was learned from.'), runs: z.number() }),
  })),
});

export type GivenReproduction = z.output<typeof newReproduction>;
