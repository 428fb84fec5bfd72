import { z } from 'zod';

// What /api/v1 says of consoles.

const stream = z.enum(['stdout', 'stderr']);

export const consoleLine = z.strictObject({
  sequence: z.int().min(0).describe("The source's own count of its lines, from 0, going up. It may have gaps; send batches in its order."),
  text: z.string().describe('Without its line break. ANSI colours and carriage returns may stand in it; past 16,384 characters it is cut, with a mark.'),
  stream: stream.default('stdout'),
  source: z.string().max(100).default('').describe('Which process of the run prints: a rank or node. Leave out where there is one.'),
  time: z.union([z.number(), z.iso.datetime({ offset: true })]).optional().describe('When it was printed: epoch milliseconds, or ISO 8601 with its offset. Now when absent.'),
});

const cut = z.strictObject({ from: z.int(), to: z.int() }).nullable().describe('Numbers of the lines in the middle that are not kept any more, both included: a run keeps 128 MB of text, its first 16 MB among them.');

export const consoleAcknowledged = z.strictObject({
  added: z.int().describe('Lines that were new; the rest of the batch was there before.'),
  lineCount: z.int().describe('Lines that ever arrived: the number of the last one.'),
  cut,
  acknowledged: z.array(z.strictObject({ source: z.string(), stream, lastSequence: z.int() })).describe('How far each source has come: a client that starts again goes on behind it.'),
});

export const consolePage = z.strictObject({
  lines: z.array(z.strictObject({ number: z.int().describe('Its place in the console, from 1.'), sequence: z.int(), stream, source: z.string(), time: z.iso.datetime(), text: z.string() })),
  lineCount: z.int(),
  cut,
  next: z.int().nullable().describe('Pass as `from` for the next page; null at the end, which may grow while the run goes on.'),
});

export const CONSOLE_TEXT = z.string().describe('One line a line, colours left out.');
