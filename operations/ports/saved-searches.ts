/** A question to the page Search that somebody keeps under a name. It is theirs alone. */
export interface SavedSearch {
  readonly id: string;
  readonly personId: string;
  /** Unique among the person's. */
  readonly name: string;
  /** The parameters of its address. */
  readonly state: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface SavedSearchRecords {
  get(id: string): Promise<SavedSearch | null>;
  byName(personId: string, name: string): Promise<SavedSearch | null>;
  /** How many the person has; nobody adds another of theirs until the transaction ends. */
  count(personId: string): Promise<number>;
  insert(search: SavedSearch): Promise<void>;
  update(search: SavedSearch): Promise<void>;
  delete(id: string): Promise<void>;
}
