/** A run or an experiment that was deleted. */
export interface Binned {
  readonly id: string;
  /** A run's name, an experiment's key. */
  readonly name: string;
  readonly projectId: string;
  /** The experiment's own id, where it is one. */
  readonly experimentId: string;
  readonly deletedAt: Date;
}

/** That something was removed for good. */
export interface Removal { readonly projectId: string; readonly removedAt: Date }

/** What lies deleted, and what of it was removed for good. */
export interface BinRecords {
  /** One that was deleted before, the oldest first, its row locked; those that somebody else holds are passed over, and so is a run that a version of a registered model came from. */
  takeRun(before: Date): Promise<Binned | null>;
  /** The same of experiments that have no runs any more, from which no other was derived, and of whose models no registered one came. Never MLflow's "Default". */
  takeExperiment(before: Date): Promise<Binned | null>;
  /** The record and all that hangs on it: params, tags, files, discussions, share links. What other stores keep of it is remembered as not yet cleaned. */
  removeRun(run: Binned, at: Date): Promise<void>;
  /** The same, with its verdicts, reviews and logged models. */
  removeExperiment(experiment: Binned, at: Date): Promise<void>;
  /** By the id of a run, or the key of an experiment. */
  removal(idOrKey: string): Promise<Removal | null>;
  /** Runs that other stores still keep something of. */
  uncleaned(limit: number): Promise<readonly string[]>;
  noteCleaned(runId: string, at: Date): Promise<void>;
  /** Contents that no file names any more and that came before, their rows locked; none while another sweep or a backup is at work. */
  unusedBlobs(before: Date, limit: number): Promise<readonly string[]>;
  forgetBlobs(sha256s: readonly string[]): Promise<void>;
}
