/** People of an organization who are asked together. */
export interface Team {
  readonly id: string;
  readonly organizationId: string;
  /** Unique in its organization. */
  readonly name: string;
  readonly memberIds: readonly string[];
}

export interface TeamRecords {
  get(id: string): Promise<Team | null>;
  byName(organizationId: string, name: string): Promise<Team | null>;
  /** Writes a new team, or one anew: its name, and who is in it. */
  save(team: Team): Promise<void>;
  /** What was asked of it stays asked of those who were in it. */
  delete(id: string): Promise<void>;
}
