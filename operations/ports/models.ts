/** MLflow's names of a logged model's states. */
export type LoggedModelStatus = 'LOGGED_MODEL_PENDING' | 'LOGGED_MODEL_READY' | 'LOGGED_MODEL_UPLOAD_FAILED';

export interface LoggedModel {
  /** "m-" and 32 hexadecimal digits. */
  readonly id: string;
  readonly experimentId: string;
  readonly sourceRunId: string | null;
  readonly name: string;
  readonly status: LoggedModelStatus;
  readonly statusMessage: string | null;
  readonly modelType: string | null;
  readonly params: ReadonlyMap<string, string>;
  readonly tags: ReadonlyMap<string, string>;
  readonly createdById: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly deletedAt: Date | null;
}

/** A metric that was logged with a model's id: how well that model did. */
export interface LoggedModelMetric {
  readonly modelId: string;
  readonly runId: string;
  readonly key: string;
  readonly value: number;
  /** Any int64. */
  readonly step: bigint;
  /** Epoch milliseconds, any int64. */
  readonly timestamp: bigint;
  readonly datasetName: string | null;
  readonly datasetDigest: string | null;
}

export interface RegisteredModel {
  readonly id: string;
  readonly organizationId: string;
  /** Its home; null until a version comes from a run. */
  readonly projectId: string | null;
  readonly name: string;
  readonly description: string | null;
  readonly tags: ReadonlyMap<string, string>;
  /** Alias to version number. */
  readonly aliases: ReadonlyMap<string, number>;
  readonly createdById: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface ModelVersion {
  readonly registeredModelId: string;
  readonly version: number;
  readonly source: string;
  readonly runId: string | null;
  readonly modelId: string | null;
  readonly description: string | null;
  /** None, Staging, Production or Archived. */
  readonly stage: string;
  readonly status: string;
  readonly tags: ReadonlyMap<string, string>;
  readonly createdById: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface ModelRecords {
  /** The row is locked until the transaction ends. */
  logged(id: string): Promise<LoggedModel | null>;
  insertLogged(model: LoggedModel): Promise<void>;
  updateLogged(model: LoggedModel): Promise<void>;
  /** Notes that the run made the models, each at a step (any int64); noting one again replaces its step. */
  addOutputs(runId: string, outputs: ReadonlyMap<string, bigint>): Promise<void>;

  /** Notes that the run read the models. */
  addInputs(runId: string, modelIds: readonly string[]): Promise<void>;
  /** Equal points are one point. */
  addMetrics(metrics: readonly LoggedModelMetric[]): Promise<void>;

  /** By name in the organization, the row locked until the transaction ends. */
  registered(organizationId: string, name: string): Promise<RegisteredModel | null>;
  insertRegistered(model: RegisteredModel): Promise<void>;
  updateRegistered(model: RegisteredModel): Promise<void>;
  /** With its versions. */
  deleteRegistered(id: string): Promise<void>;

  version(registeredModelId: string, version: number): Promise<ModelVersion | null>;
  versions(registeredModelId: string): Promise<readonly ModelVersion[]>;
  insertVersion(version: ModelVersion): Promise<void>;
  updateVersion(version: ModelVersion): Promise<void>;
  deleteVersion(registeredModelId: string, version: number): Promise<void>;
}
