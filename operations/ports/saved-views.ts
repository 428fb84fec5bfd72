/** A view of a project's runs that a member gave a name. All who may see the project see it. */
export interface SavedView {
  readonly id: string;
  readonly projectId: string;
  /** Unique in its project. */
  readonly name: string;
  /** The parameters of its address. */
  readonly state: string;
  readonly createdById: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface SavedViewRecords {
  get(id: string): Promise<SavedView | null>;
  byName(projectId: string, name: string): Promise<SavedView | null>;
  count(projectId: string): Promise<number>;
  insert(view: SavedView): Promise<void>;
  update(view: SavedView): Promise<void>;
  delete(id: string): Promise<void>;
}
