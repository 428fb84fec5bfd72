import { z } from 'zod';
import { capture, CAPTURE_BYTES, captureAcknowledged, newRun, nothingToSay, recordedRun, runDatasets, runDescription, runEnd, startedRun } from './capture.ts';
import { CONSOLE_TEXT, consoleAcknowledged, consoleLine, consolePage } from './console.ts';
import { duplicateAnswer, duplicateAsk } from './duplicates.ts';
import { IMPORT_BYTES, importedRun, importedRunAnswer } from './imports.ts';
import { ARROW_BYTES, ARROW_STREAM, metricsAsk, metricsQuery } from './metrics.ts';
import { newReproduction, reproduction } from './reproduction.ts';
import { heartbeat, heartbeatAcknowledged, systemAcknowledged, systemSample } from './system.ts';
import { metricsReceipt, metricStream, METRIC_STREAMS, streamQuery } from './metric-streams.ts';
import { experimentResource, newProject, projectPage, projectResource, runResource } from './resources.ts';

export interface RestRoute {
  readonly method: 'get' | 'post';
  /** Below /api/v1, with {names} for the parts that vary. */
  readonly path: string;
  readonly summary: string;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** The largest body in bytes, where it is not the usual megabyte. */
  readonly bodyBytes?: number;
  /** The shape of one entry: the body is a JSON array of them, or NDJSON with one a line. */
  readonly entries?: z.ZodType;
  /** Content types of a body that is read as it arrives, and what each holds; a shape where it is text, line by line. */
  readonly stream?: Readonly<Record<string, { readonly description: string; readonly line?: z.ZodType }>>;
  readonly status: 200 | 201;
  readonly answer: z.ZodType;
  /** Answered piece by piece, in this media type; `answer` then tells what the pieces are together. */
  readonly streamed?: 'text/plain; charset=utf-8' | 'text/csv; charset=utf-8' | 'text/calendar; charset=utf-8' | 'text/markdown; charset=utf-8' | 'application/pdf' | 'application/octet-stream' | typeof ARROW_STREAM;
}

const triedQuery = z.strictObject({ about: z.string().describe('The name of a param, package, dataset or file, such as lr; or a few words, such as augmentation.') });

const METRICS = 'Points of many metrics of many runs as an Arrow IPC stream, by run and key, in the columns run, key (text), step (int64), timestamp (milliseconds, UTC), value (float64).';

/** All of /api/v1 but its description and what belongs to notes. The server has one handler for each name, and openapi.json one entry. */
export const restRoutes = {
  listProjects: {
    method: 'get', path: '/projects', summary: 'Projects you may see, by slug.', status: 200, answer: projectPage,
    query: z.strictObject({ first: z.coerce.number().int().min(1).max(200).default(50), after: z.string().optional() }),
  },
  createProject: { method: 'post', path: '/projects', summary: 'Make a project; you own it.', status: 201, body: newProject, answer: projectResource },
  readProject: { method: 'get', path: '/projects/{slug}', summary: 'One project.', status: 200, answer: projectResource },
  readRuns: {
    method: 'get', path: '/projects/{slug}/runs.csv', summary: 'Every run of a project that matches a filter, as CSV, with the columns asked for. Times are UTC. A text that a spreadsheet would take for a formula begins with an apostrophe.', status: 200, answer: z.string(), streamed: 'text/csv; charset=utf-8',
    query: z.strictObject({
      filter: z.string().optional().describe("As in GraphQL's runs: metrics.val_acc > 0.9 AND params.aug = 'mixup'."),
      orderBy: z.string().optional().describe('metrics.val_acc DESC, params.lr; the newest first unless given.'),
      columns: z.string().optional().describe('metrics.val_acc, params.lr, tags.team: after the facts of the run.'),
    }),
  },
  readTriedTable: {
    method: 'get', path: '/projects/{slug}/tried.csv', status: 200, query: triedQuery, answer: z.string(), streamed: 'text/csv; charset=utf-8',
    summary: 'What was tried for a variable or a topic in a project, as CSV: a row for each variant that changed it, with its effect against its own baseline, verdict, runs and hours; whatever came of it.',
  },
  readTriedReport: { method: 'get', path: '/projects/{slug}/tried.md', status: 200, query: triedQuery, answer: z.string(), streamed: 'text/markdown; charset=utf-8', summary: 'The same as Markdown, for a report.' },
  readAllTriedTable: { method: 'get', path: '/tried.csv', status: 200, query: triedQuery, answer: z.string(), streamed: 'text/csv; charset=utf-8', summary: 'What was tried for a variable or a topic in all projects that you may see, as CSV.' },
  readAllTriedReport: { method: 'get', path: '/tried.md', status: 200, query: triedQuery, answer: z.string(), streamed: 'text/markdown; charset=utf-8', summary: 'The same as Markdown, for a report.' },
  readExperiment: { method: 'get', path: '/experiments/{key}', summary: 'An experiment with its hypothesis and current verdict.', status: 200, answer: experimentResource },
  readRun: { method: 'get', path: '/runs/{id}', summary: 'A run with its params, tags and the summary of every metric.', status: 200, answer: runResource },
  startRun: {
    method: 'post', path: '/runs', status: 200, body: newRun, answer: startedRun,
    summary: 'Begin a run under an id of your own, in an experiment there is or for a hypothesis in words. Sent again it changes nothing and is answered the same.',
  },
  describeRun: { method: 'post', path: '/runs/{id}/description', status: 200, body: runDescription, answer: nothingToSay, summary: 'Add params to a run and set tags. Sent again it changes nothing.' },
  recordCapture: {
    method: 'post', path: '/runs/{id}/capture', status: 200, body: capture, bodyBytes: CAPTURE_BYTES, answer: captureAcknowledged,
    summary: 'Say what a run is made of: command line, code, packages, hardware, seeds. The last one sent counts.',
  },
  readCapture: { method: 'get', path: '/runs/{id}/capture', status: 200, answer: recordedRun, summary: 'What a run is made of, as far as it was recorded: everything that doing it again needs.' },
  noteDatasets: { method: 'post', path: '/runs/{id}/datasets', status: 200, body: runDatasets, answer: nothingToSay, summary: 'Say which data a run read, and in which role. Sent again it changes nothing.' },
  endRun: { method: 'post', path: '/runs/{id}/end', status: 200, body: runEnd, answer: nothingToSay, summary: 'Say that a run ended, and how. Sent again it changes nothing.' },
  importRun: {
    method: 'post', path: '/import/runs', status: 200, body: importedRun, bodyBytes: IMPORT_BYTES, answer: importedRunAnswer,
    summary: 'Bring in a run of another tracker with its id, times, user and status, or what is new of one that came before. Sent again it changes nothing. Its metrics and files come through the doors for those.',
  },
  checkDuplicates: {
    method: 'post', path: '/duplicate-check', status: 200, body: duplicateAsk, bodyBytes: CAPTURE_BYTES, answer: duplicateAnswer,
    summary: 'What a run that is about to start would repeat, among the runs you may see, with the verdict that came of it; and what it changes against the baseline and the parent of its experiment. Keeps nothing.',
  },
  recordReproduction: {
    method: 'post', path: '/runs/{id}/reproductions', status: 200, body: newReproduction, answer: reproduction,
    summary: 'Say that a run was done again, or could not be, and hear whether it was reproduced. Sent again under its id it changes nothing and is answered the same.',
  },
  writeConsole: {
    method: 'post', path: '/runs/{id}/logs', status: 200, entries: consoleLine, answer: consoleAcknowledged,
    summary: 'Add lines to what a run prints. Answered after they are durable; a line is known by source, stream and sequence, so sending a batch again changes nothing.',
  },
  readConsole: {
    method: 'get', path: '/runs/{id}/logs', status: 200, answer: consolePage,
    summary: 'Lines of what a run printed: from a line on, the last ones, or those that hold a text.',
    query: z.strictObject({
      from: z.coerce.number().int().min(1).optional().describe('Number of the first line; 1 when neither from nor last is given.'),
      last: z.coerce.number().int().min(1).max(2_000).optional().describe('The last so many lines instead.'),
      first: z.coerce.number().int().min(1).max(2_000).default(500).describe('At most so many lines.'),
      search: z.string().min(1).max(1_000).optional().describe('Only lines with this text, whatever the case.'),
    }),
  },
  downloadConsole: { method: 'get', path: '/runs/{id}/logs.txt', status: 200, answer: CONSOLE_TEXT, streamed: 'text/plain; charset=utf-8', summary: 'All that is kept of what a run printed, as plain text.' },
  readMetrics: { method: 'get', path: '/metrics', summary: METRICS, status: 200, query: metricsQuery, answer: ARROW_BYTES, streamed: ARROW_STREAM },
  askMetrics: { method: 'post', path: '/metrics', summary: `${METRICS} For more runs than fit into an address.`, status: 200, body: metricsAsk, answer: ARROW_BYTES, streamed: ARROW_STREAM },
  writeSystem: {
    method: 'post', path: '/runs/{id}/system', status: 200, entries: systemSample, answer: systemAcknowledged,
    summary: "Add what the machine measured of itself. Kept as metrics below system/, named as MLflow's own monitor names them; sending a sample again changes nothing.",
  },
  beat: { method: 'post', path: '/runs/{id}/heartbeat', status: 200, body: heartbeat, answer: heartbeatAcknowledged, summary: 'Say that the process of a run lives. A run that beat and stops to is shown as lost.' },
  logMetrics: {
    method: 'post', path: '/runs/{id}/metrics', status: 200, query: streamQuery, stream: METRIC_STREAMS, answer: metricsReceipt,
    summary: 'Log metrics as a stream of any length, read as it arrives and committed batch by batch. A lost connection goes on from the last number that was acknowledged; sending a batch again changes nothing. The forms and limits are in docs/guides/fast-door.md.',
  },
  readMeetingCalendar: { method: 'get', path: '/meetings/{id}.ics', summary: 'A meeting as a calendar file.', status: 200, answer: z.string(), streamed: 'text/calendar; charset=utf-8' },
  readProjectCalendar: {
    method: 'get', path: '/projects/{slug}/meetings.ics', status: 200, answer: z.string(), streamed: 'text/calendar; charset=utf-8',
    summary: 'The meetings of a project as a calendar to subscribe to; a calendar program sends a token as the password of HTTP Basic.',
  },
  readMetricStream: { method: 'get', path: '/runs/{id}/metrics/streams/{stream}', summary: 'Up to where a stream of metrics is durable.', status: 200, answer: metricStream },
} as const satisfies Record<string, RestRoute>;

export type RestRouteName = keyof typeof restRoutes;
