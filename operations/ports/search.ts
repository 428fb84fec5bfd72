/** What search finds; written in the transaction that changes the thing, so an acknowledged write is found at once. */
export interface SearchIndex {
  put(document: { readonly subjectId: string; readonly subjectKind: 'project' | 'hypothesis' | 'experiment' | 'run' | 'thread' | 'note'; readonly projectId: string; readonly title: string; readonly body: string }): Promise<void>;
  remove(subjectId: string): Promise<void>;
}
