/** A file of a run or of a logged model; its content is in Blobs. */
export interface Artifact {
  /** A run's or a logged model's id. */
  readonly ownerId: string;
  /** Relative, with slashes, normalized: "model/MLmodel". */
  readonly path: string;
  /** SHA-256, hex. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  readonly createdAt: Date;
}

export interface ArtifactRecords {
  get(ownerId: string, path: string): Promise<Artifact | null>;
  /** Adds the file, or replaces the one at the same path. */
  put(artifact: Artifact): Promise<void>;
  /** The file at the path and all files below it; an empty path means all. Answers how many there were. */
  delete(ownerId: string, path: string): Promise<number>;
}
