export interface Dataset {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly digest: string;
  readonly sourceType: string;
  readonly source: string;
  readonly schema: string | null;
  readonly profile: string | null;
  readonly createdAt: Date;
  /** SHA-256 (hex) of its rows as values; null where nobody could read them. */
  readonly meaning?: string | null;
  readonly rows?: number | null;
  readonly bytes?: number | null;
}

export interface DatasetRecords {
  /** The id of the dataset with this project, name and digest, made if new. What is stored of a known one stays as it is; what nobody knew of it is added. */
  save(dataset: Dataset): Promise<string>;
  /** Notes that the run read the dataset; the tags hold its role (mlflow.data.context). Noting it again changes no tag; another role is kept beside the first, for who looks for leaks. */
  link(runId: string, datasetId: string, tags: ReadonlyMap<string, string>): Promise<void>;
}
