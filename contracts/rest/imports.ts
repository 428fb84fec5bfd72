import { z } from 'zod';

// What /api/v1 says of runs that come from another tracker: docs/guides/import-from-mlflow.md tells how a history is brought.

const MOST_AT_ONCE = 2_000;
/** Of one run's params and tags. */
export const IMPORT_BYTES = 4_000_000;

const table = z.record(z.string(), z.string()).refine((given) => Object.keys(given).length <= MOST_AT_ONCE, `at most ${MOST_AT_ONCE} at once; send the others in another request for the same run`).default({});
const moment = z.iso.datetime({ offset: true }).nullable().default(null);

export const importedRun = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{32}$/, 'must be 32 lower-case hex digits').describe('As the other tracker knows it; kept.'),
  experiment: z.int().min(0).max(2_147_483_647).describe("The experiment's number that MLflow's protocol shows."),
  name: z.string().max(8_000).nullable().default(null).describe('Made from the id when absent.'),
  user: z.string().max(500).default('').describe('Who ran it, as the other tracker says; not an account.'),
  status: z.enum(['SCHEDULED', 'RUNNING', 'FINISHED', 'FAILED', 'KILLED']),
  startedAt: moment,
  endedAt: moment,
  params: table.describe('Text to text; a value is cut at 6000 characters. Those that are there stay; one that says something else is refused.'),
  tags: table.describe("MLflow's own tags mean what they mean there; a value is cut at 8000 characters."),
  mark: z.string().max(500).default('').describe('What the importer wants to find again as the tag lemma.imported; sent with the last request for a run, when all of it has come.'),
});

export const importedRunAnswer = z.strictObject({
  outcome: z.enum(['created', 'updated', 'unchanged']),
  project: z.string().describe("The project's slug."),
  experiment: z.string().describe("The experiment's key: where the run is, which is another one once it was moved."),
  url: z.string().describe("The run's page."),
});

export type GivenImportedRun = z.output<typeof importedRun>;
