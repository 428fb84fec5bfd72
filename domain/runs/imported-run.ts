/** Beside a run that came from another tracker: what its importer wrote down to know what it brought, "" while not all of it has come. */
export const IMPORTED_TAG = 'lemma.imported';

/** Those of the tags that are new or say something else than before. */
export const changedPairs = (before: ReadonlyMap<string, string>, given: ReadonlyMap<string, string>): ReadonlyMap<string, string> => new Map([...given].filter(([key, value]) => before.get(key) !== value));
