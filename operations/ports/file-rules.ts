export interface FileRule { readonly projectId: string; readonly days: number }

/** Files of runs, counted. */
export interface FilesRemoved { readonly files: number; readonly bytes: number }

/** For how long projects keep the files of ended runs, and which of them a rule may remove. What it may never remove is said in one place, the adapter's `mayGo`. */
export interface FileRuleRecords {
  /** Null: for ever. */
  days(projectId: string): Promise<number | null>;
  setDays(projectId: string, days: number | null): Promise<void>;
  /** By project, those behind `after`. */
  rules(after: string, limit: number): Promise<readonly FileRule[]>;
  /** What would go of runs that ended before, of files that came before. */
  wouldGo(projectId: string, at: { readonly before: Date; readonly now: Date }): Promise<FilesRemoved>;
  /** Runs behind `after` of which files may go, by id, their rows locked; those that somebody else holds are passed over. */
  takeRuns(projectId: string, at: { readonly before: Date; readonly now: Date; readonly after: string; readonly limit: number }): Promise<readonly string[]>;
  /** Takes the files of these runs that may go from the list, at most `most`, and notes what they were. The question is asked again: what came between counts. */
  remove(projectId: string, runIds: readonly string[], at: { readonly before: Date; readonly now: Date; readonly most: number }): Promise<FilesRemoved>;
}
