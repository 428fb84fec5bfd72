import { z } from 'zod';

// What /api/v1 says of runs that a client begins, describes and ends: docs/guides/capture.md tells how a training uses it.

const MOST_TEXT = 4_096;
const MOST_LISTED = 5_000;
const MOST_FILES = 2_000;
const MOST_PARAMS = 2_000;
/** Of a capture. */
export const CAPTURE_BYTES = 2_000_000;

const text = z.string().max(MOST_TEXT);
const WITHOUT_CONTROL = /^\P{Cc}*$/u;
/** A name on one line. */
const plain = text.regex(WITHOUT_CONTROL, 'holds a control character; leave it out');
const said = plain.nullable().default(null);
const leavesItsFolder = (path: string): boolean => path.startsWith('/') || /^[a-z]:/i.test(path) || path.split(/[/\\]/).includes('..');
const path = plain.min(1).refine((given) => !leavesItsFolder(given), 'must be relative to the root of the repository and stay below it, without ".."');
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in 64 lower-case hex digits');
const commit = z.string().regex(/^[0-9a-f]{7,64}$/, "must be a commit's hash in lower-case hex");
const count = z.int().min(0);
const listed = <Shape extends z.ZodType>(shape: Shape) => z.array(shape).max(MOST_LISTED).default([]);
const table = (value: z.ZodString = text) => z.record(plain.max(250), value).refine((given) => Object.keys(given).length <= MOST_LISTED, `has more than ${MOST_LISTED} entries`).default({});

const sourceFile = z.strictObject({
  path,
  sha256: sha256.nullable().default(null),
  meaning: sha256.nullable().default(null).describe('SHA-256 of what the file means and not how it is written: for Python the syntax tree without docstrings, comments and positions; for other files the bytes.'),
  functions: z.record(plain, sha256).default({}).describe('By qualified name, "Trainer.fit": the meaning of each function.'),
});

const code = z.strictObject({
  repository: said.describe('Address of the remote. Credentials in it are taken out.'),
  commit: commit.nullable().default(null),
  branch: said.describe('Null with a detached head.'),
  dirty: z.boolean().default(false).describe('Whether there were uncommitted changes.'),
  onRemote: z.boolean().nullable().default(null).describe('Whether a branch of a remote holds the commit; null where that is not known.'),
  diff: z.strictObject({ path: path.describe('Of the artifact that holds it.'), sha256, bytes: count, masked: count.default(0).describe('How many secrets were taken out.') }).nullable().default(null),
  untracked: listed(z.strictObject({ path, bytes: count, sha256 })).describe('Files in no commit, kept as artifacts below lemma/code/untracked/.'),
  leftOut: listed(z.strictObject({ path, bytes: count.nullable().default(null), why: text })).describe('Files that were not kept, each with the reason.'),
  submodules: listed(z.strictObject({ path, commit: commit.nullable().default(null), dirty: z.boolean().default(false) })),
  files: z.array(sourceFile).max(MOST_FILES).default([]).describe('The source files of the code.'),
  script: plain.nullable().default(null),
});

const hardware = z.strictObject({
  cpu: said, cores: count.nullable().default(null), memoryBytes: count.nullable().default(null),
  gpus: listed(z.strictObject({ name: plain, memoryBytes: count.nullable().default(null) })), cuda: said, driver: said, os: said,
});

export const capture = z.strictObject({
  version: z.literal(1, { error: 'this server reads version 1 of the capture' }),
  command: listed(text).describe('The command line, word by word.'),
  workingFolder: said.describe("Relative to the repository's root."),
  code: code.nullable().default(null),
  python: z.strictObject({ version: said, implementation: said }).nullable().default(null),
  packages: listed(z.strictObject({ name: plain.min(1), version: plain.min(1), hash: sha256.nullable().default(null).describe("SHA-256 of the installed distribution's RECORD.") })).describe('Names as PyPI normalizes them (PEP 503).'),
  hardware: hardware.nullable().default(null),
  container: z.strictObject({ image: said, digest: said }).nullable().default(null),
  variables: table().describe("Environment variables of the client's allow-list."),
  seeds: table().describe('By library: {"numpy": "7"}.'),
  defaults: table().describe('Params the script has when none are given, as text.'),
  modelType: said,
  machine: said,
});

/** Everything that somebody needs to do a run again: docs/guides/reproduce.md. */
export const recordedRun = z.strictObject({
  id: z.string(),
  name: z.string(),
  experiment: z.string().describe("The experiment's key."),
  project: z.string().describe("The project's slug."),
  status: z.enum(['SCHEDULED', 'RUNNING', 'FINISHED', 'FAILED', 'KILLED']),
  seed: z.string().nullable().describe('Its param.'),
  artifacts: z.string().describe('Address below which GET <artifacts>/<path> reads a file, such as the uncommitted changes.'),
  capture: capture.nullable().describe('As it was sent; null where nobody captured the run.'),
  datasets: z.array(z.strictObject({ name: z.string(), digest: z.string(), role: z.string().nullable(), source: z.string().describe('Where it lay when this version of it was first recorded.'), sourceType: z.string() })),
});

export const captureAcknowledged = z.strictObject({ changed: z.boolean().describe('Whether anything is known now that was not known before.') });

const params = z.record(z.string(), z.string()).refine((given) => Object.keys(given).length <= MOST_PARAMS, `at most ${MOST_PARAMS} at once`).default({});
const moment = z.iso.datetime({ offset: true });

export const newRun = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{32}$/, 'must be 32 lower-case hex digits, chosen by the client').describe('Chosen by the client, so that a run that is sent twice is one run.'),
  project: z.string().optional().describe("The project's slug; needed with a hypothesis in words."),
  experiment: z.string().optional().describe('Key of an experiment there is: VIS-42.'),
  hypothesis: z.string().optional().describe('A statement, or the id of a hypothesis. The hypothesis of the project that says so (case and spaces aside) or a new one, and its experiment that was made this way or a new one: several seeds of one script land in one experiment.'),
  because: z.string().optional(),
  metric: z.string().optional(),
  direction: z.enum(['increase', 'decrease', 'INCREASE', 'DECREASE']).optional(),
  minEffect: z.number().min(0).optional().describe("In the metric's own unit."),
  reason: z.string().max(2_000).optional().describe('Why this is run although it was run before; "replication" speaks for itself. Kept beside the run and shown with it.'),
  name: z.string().max(500).optional().describe('Of the run; made from its id when absent.'),
  params: params.describe('Text to text; a value is cut at 6000 characters.'),
  tags: params.describe("MLflow's own tags mean what they mean there; a value is cut at 8000 characters."),
  startedAt: moment,
  parentRun: z.string().regex(/^[0-9a-f]{32}$/, 'must be the id of a run').optional(),
});

export const startedRun = z.strictObject({
  id: z.string(),
  experiment: z.string().describe("The experiment's key."),
  project: z.string().describe("The project's slug."),
  url: z.string().describe("The run's page."),
  artifacts: z.string().describe('Address below which PUT <artifacts>/<path> stores a file.'),
});

export const runDescription = z.strictObject({ params: params.describe('Added; one that changes is refused.'), tags: params.describe('Set.') });
export const nothingToSay = z.strictObject({});

const dataset = z.strictObject({
  name: plain.min(1).max(500),
  digest: plain.min(1).max(128).describe('Of its bytes.'),
  meaning: sha256.nullable().optional().describe('SHA-256 of its rows as values: the same data in another form means the same.'),
  role: plain.max(500).optional().describe("train, validation, test, …: kept as MLflow's mlflow.data.context."),
  source: z.string().max(65_535).default('').describe('Where it was read from.'),
  sourceType: plain.max(500).default('local'),
  rows: count.nullable().optional(),
  columns: z.array(z.strictObject({ name: text, type: text })).max(MOST_LISTED).nullable().optional(),
  bytes: count.nullable().optional(),
  profile: z.string().max(1_000_000).nullable().optional().describe("What else is known of it, as JSON text, as MLflow's profile."),
});

export const runDatasets = z.strictObject({ datasets: z.array(dataset).max(1_000) });

export const runEnd = z.strictObject({
  status: z.enum(['FINISHED', 'FAILED', 'KILLED']),
  endedAt: moment,
  exitCode: z.int().min(-2_147_483_648).max(2_147_483_647).nullable().optional(),
  signal: plain.max(40).nullable().optional().describe('SIGKILL, SIGTERM, …'),
  traceback: z.string().nullable().optional().describe('Of a long one the last 16384 characters are kept.'),
});

// Written out, for openapi.json and for handlers.
export type GivenRun = z.output<typeof newRun>;
export type GivenDataset = z.output<typeof dataset>;
export type GivenEnd = z.output<typeof runEnd>;
