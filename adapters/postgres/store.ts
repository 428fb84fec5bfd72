import { Prisma } from '../../generated/prisma/client.ts';
import type { Ids } from '../../operations/ports/ambient.ts';
import type { Store, Transaction } from '../../operations/ports/store.ts';
import { analysisRecords } from './analysis.ts';
import { artifactRecords } from './artifacts.ts';
import { binRecords } from './bin.ts';
import type { Database } from './client.ts';
import type { Tx } from './tx.ts';
import { dashboardRecords } from './dashboards.ts';
import { duplicateRecords } from './duplicates.ts';
import { datasetRecords } from './datasets.ts';
import { experimentRecords } from './experiments.ts';
import { fileRuleRecords } from './file-rules.ts';
import { homeRecords } from './home.ts';
import { hypothesisRecords } from './hypotheses.ts';
import { mentionRecords } from './mentions.ts';
import { meetingRecords } from './meetings.ts';
import { modelRecords } from './models.ts';
import { happeningRecords, notificationRecords } from './notifications.ts';
import { noteRecords } from './notes.ts';
import { postgresAudit, postgresOutbox } from './outbox.ts';
import { peopleRecords } from './people.ts';
import { projectRecords } from './projects.ts';
import { reproductionRecords } from './reproduction.ts';
import { reviewRecords } from './reviews.ts';
import { runChangeRecords } from './run-changes.ts';
import { runHealthRecords } from './run-health.ts';
import { runRecords } from './runs.ts';
import { savedSearchRecords } from './saved-searches.ts';
import { savedViewRecords } from './saved-views.ts';
import { searchIndex } from './search.ts';
import { settingRecords } from './settings.ts';
import { shareLinkRecords } from './share-links.ts';
import { threadRecords } from './threads.ts';
import { teamRecords } from './teams.ts';
import { tokenRecords } from './tokens.ts';

export function postgresStore({ prisma }: Database, ids: Ids): Store {
  return {
    transaction: (work) => withRetry(() => prisma.$transaction((tx) => work(records(tx, ids)), { maxWait: 10_000, timeout: 30_000 })),
  };
}

/** One line a noun, each from the file of that name in this folder. */
function records(tx: Tx, ids: Ids): Transaction {
  return {
    people: peopleRecords(tx),
    teams: teamRecords(tx),
    tokens: tokenRecords(tx),
    projects: projectRecords(tx),
    settings: settingRecords(tx),
    runs: runRecords(tx),
    runChanges: runChangeRecords(tx),
    runHealth: runHealthRecords(tx),
    datasets: datasetRecords(tx),
    duplicates: duplicateRecords(tx),
    models: modelRecords(tx),
    artifacts: artifactRecords(tx),
    fileRules: fileRuleRecords(tx),
    bin: binRecords(tx),
    outbox: postgresOutbox(tx, ids),
    audit: postgresAudit(tx, ids),
    happenings: happeningRecords(tx, ids),
    notifications: notificationRecords(tx),
    hypotheses: hypothesisRecords(tx),
    experiments: experimentRecords(tx),
    analysis: analysisRecords(tx),
    threads: threadRecords(tx),
    reproductions: reproductionRecords(tx),
    reviews: reviewRecords(tx),
    shareLinks: shareLinkRecords(tx),
    savedViews: savedViewRecords(tx),
    savedSearches: savedSearchRecords(tx),
    home: homeRecords(tx),
    dashboards: dashboardRecords(tx),
    notes: noteRecords(tx),
    meetings: meetingRecords(tx),
    mentions: mentionRecords(tx),
    search: searchIndex(tx),
  };
}

/** Serialization failure, deadlock, and a unique value that another transaction took first: run again, the work finds that row and says what it means. */
const RETRYABLE = new Set(['40001', '40P01', '23505', 'P2034', 'P2002']);

/** Below SQL written by hand the driver adapter keeps Postgres's own code to itself. */
const sqlStateOf = ({ meta }: Prisma.PrismaClientKnownRequestError): string | undefined =>
  (meta as { driverAdapterError?: { cause?: { originalCode?: string } } } | undefined)?.driverAdapterError?.cause?.originalCode;

const mayPass = (error: unknown): boolean => error instanceof Prisma.PrismaClientKnownRequestError && (RETRYABLE.has(error.code) || RETRYABLE.has(sqlStateOf(error) ?? ''));

async function withRetry<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!mayPass(error) || tries === 5) throw error;
    }
  }
}
