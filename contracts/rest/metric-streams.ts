import { z } from 'zod';

// What is said at the fast door: POST /api/v1/runs/{id}/metrics.

/** One line of an NDJSON stream. */
export const metricPoint = z.strictObject({
  key: z.string().describe('The metric: up to 250 letters, digits and _ - . : / or spaces.'),
  value: z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])]),
  step: z.union([z.int(), z.string()]).describe('Any int64; beyond 2^53 as text.'),
  timestamp: z.union([z.int(), z.string()]).describe('Epoch milliseconds, any int64; beyond 2^53 as text.'),
});

export const metricsReceipt = z.strictObject({
  stream: z.string().nullable().describe('The name the client gave its stream; null for one without.'),
  acknowledged: z.int().describe('The number up to which everything of the stream is durable.'),
  points: z.int().describe('Points of this request.'),
  added: z.int().describe('Those among them that were not there before: equal points (run, key, step, timestamp and value) are one point.'),
});

export const metricStream = z.strictObject({
  stream: z.string(),
  acknowledged: z.int().describe('The number up to which everything of the stream is durable; 0 for one that nobody wrote to. Go on with the next number.'),
});

export const streamQuery = z.strictObject({
  stream: z.string().optional().describe('A name of your own for the stream: up to 100 of A-Z a-z 0-9 _ . : -'),
  first: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional().describe('The number of the first batch of this request (frame, record batch, or line of NDJSON); numbers begin with 1 and leave none out. Needed with `stream`.'),
});

/** The forms of a stream, by content type. */
export const METRIC_STREAMS = {
  'application/vnd.lemma.columns': { description: 'Frames of packed little-endian columns; the layout is in docs/guides/fast-door.md. A frame may hold 100000 points and 10000 metrics.' },
  'application/vnd.apache.arrow.stream': { description: 'An Arrow IPC stream with the columns key (utf8, large_utf8 or a dictionary of either), step (an integer), timestamp (an integer of epoch milliseconds, or a timestamp of any unit) and value (float32 or float64), uncompressed, without nulls. A record batch may have 100000 rows and 8 MiB.' },
  'application/x-ndjson': { description: 'A point a line, of at most 64 KiB.', line: metricPoint },
} as const;
