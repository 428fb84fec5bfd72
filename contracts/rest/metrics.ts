import { z } from 'zod';

/** The media type of an Arrow IPC stream. */
export const ARROW_STREAM = 'application/vnd.apache.arrow.stream';
export const ARROW_BYTES = z.string().meta({ format: 'binary' });

/** Runs at a time. */
export const MOST_RUNS = 10_000;
/** Runs at a time when all their metrics are wanted. */
export const MOST_RUNS_WHOLE = 100;
const MOST_KEYS = 1_000;
/** Runs times keys. */
export const MOST_SERIES = 100_000;

/** One or many: an address says `run=a&run=b`. */
const listed = (most: number) => z.union([z.string(), z.array(z.string()).min(1).max(most)], { error: `give it once or up to ${most.toLocaleString('en-US')} times, each with a value` }).transform((given) => [...new Set(typeof given === 'string' ? [given] : given)]);
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;
const AS_NUMBER = 'give a number, like 100 or 1.5e3';
/** Whole numbers of any int64 as text, others as numbers. */
const end = z.union([z.number(), z.string().regex(NUMBER, AS_NUMBER)], { error: AS_NUMBER }).transform((given) => (typeof given === 'string' && /^[+-]?\d+$/.test(given) ? BigInt(given) : Number(given)));

const view = {
  maxPoints: z.coerce.number().int().min(5).max(100_000).optional().describe('Thin each series to at most so many points, lowest and highest kept: two a pixel column. Every point when absent.'),
  axis: z.enum(['step', 'time', 'relative']).default('step').describe('What from and to count: steps, epoch milliseconds, or milliseconds since the first point of the run.'),
  from: end.optional().describe('The first step or moment wanted.'),
  to: end.optional().describe('The last step or moment wanted.'),
};

export const metricsQuery = z.strictObject({
  run: listed(MOST_RUNS).describe('Ids of runs: run=…&run=…'),
  key: listed(MOST_KEYS).optional().describe(`Names of metrics: key=…&key=… All of them when absent, of at most ${MOST_RUNS_WHOLE} runs then.`),
  ...view,
});

export const metricsAsk = z.strictObject({
  runs: z.array(z.string()).min(1).max(MOST_RUNS).describe('Ids of runs.'),
  keys: z.array(z.string()).min(1).max(MOST_KEYS).optional().describe(`Names of metrics. All of them when absent, of at most ${MOST_RUNS_WHOLE} runs then.`),
  ...view,
});
