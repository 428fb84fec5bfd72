import type { AnalysisRecords } from './analysis.ts';
import type { ArtifactRecords } from './artifacts.ts';
import type { BinRecords } from './bin.ts';
import type { AuditLog, Outbox } from './outbox.ts';
import type { DashboardRecords } from './dashboards.ts';
import type { DuplicateRecords } from './duplicates.ts';
import type { DatasetRecords } from './datasets.ts';
import type { ExperimentRecords } from './experiments.ts';
import type { FileRuleRecords } from './file-rules.ts';
import type { HomeRecords } from './home.ts';
import type { HypothesisRecords } from './hypotheses.ts';
import type { MentionRecords } from './mentions.ts';
import type { MeetingRecords } from './meetings.ts';
import type { ModelRecords } from './models.ts';
import type { HappeningRecords, NotificationRecords } from './notifications.ts';
import type { PeopleRecords } from './people.ts';
import type { ProjectRecords } from './projects.ts';
import type { ReproductionRecords } from './reproduction.ts';
import type { ReviewRecords } from './reviews.ts';
import type { RunChangeRecords } from './run-changes.ts';
import type { RunHealthRecords } from './run-health.ts';
import type { RunRecords } from './runs.ts';
import type { NoteRecords } from './notes.ts';
import type { SavedSearchRecords } from './saved-searches.ts';
import type { SavedViewRecords } from './saved-views.ts';
import type { SearchIndex } from './search.ts';
import type { ShareLinkRecords } from './share-links.ts';
import type { ThreadRecords } from './threads.ts';
import type { TeamRecords } from './teams.ts';
import type { TokenRecords } from './tokens.ts';
import type { SettingRecords } from './settings.ts';

/** Everything one transaction can load and save. What it announces in `outbox` is published if, and only if, it commits. */
export interface Transaction {
  readonly people: PeopleRecords;
  readonly teams: TeamRecords;
  readonly tokens: TokenRecords;
  readonly projects: ProjectRecords;
  readonly hypotheses: HypothesisRecords;
  readonly experiments: ExperimentRecords;
  readonly runs: RunRecords;
  readonly runChanges: RunChangeRecords;
  readonly runHealth: RunHealthRecords;
  readonly datasets: DatasetRecords;
  readonly duplicates: DuplicateRecords;
  readonly models: ModelRecords;
  readonly artifacts: ArtifactRecords;
  readonly fileRules: FileRuleRecords;
  readonly bin: BinRecords;
  readonly analysis: AnalysisRecords;
  readonly threads: ThreadRecords;
  readonly reproductions: ReproductionRecords;
  readonly reviews: ReviewRecords;
  readonly shareLinks: ShareLinkRecords;
  readonly savedViews: SavedViewRecords;
  readonly savedSearches: SavedSearchRecords;
  readonly home: HomeRecords;
  readonly dashboards: DashboardRecords;
  readonly notes: NoteRecords;
  readonly meetings: MeetingRecords;
  readonly mentions: MentionRecords;
  readonly search: SearchIndex;
  readonly settings: SettingRecords;
  readonly happenings: HappeningRecords;
  readonly notifications: NotificationRecords;
  readonly outbox: Outbox;
  readonly audit: AuditLog;
}

/** The system of record. */
export interface Store {
  /** Runs `work` atomically: if it throws, nothing was written. May run it again after a serialization failure or deadlock, so it must have no other effect. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
}
