/** What search finds; written in the transaction that changes the thing, so an acknowledged write is found at once. */
export interface SearchIndex {
  put(document: { readonly subjectId: string; readonly subjectKind: 'project' | 'hypothesis' | 'experiment' | 'run' | 'thread' | 'note'; readonly projectId: string; readonly title: string; readonly body: string; /** Of a long thing; 0 when left out. */ readonly part?: number }): Promise<void>;
  /** With all its parts. */
  remove(subjectId: string): Promise<void>;
}
