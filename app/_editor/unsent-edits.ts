/**
 * Edits that were not saved yet, in this browser: one entry a note and open page, so that two pages do not write over each other. A browser that keeps nothing
 * (a private window, a full disk) only loses what a reload while offline would lose.
 */
const DATABASE = 'lemma-notes';
const TABLE = 'unsent';

const keyOf = (noteId: string, client: number): string => `${noteId}/${client}`;

function answered<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => { resolve(request.result); });
    request.addEventListener('error', () => { reject(request.error ?? new Error('the browser keeps nothing')); });
  });
}

function opened(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.addEventListener('upgradeneeded', () => { request.result.createObjectStore(TABLE); });
  return answered(request);
}

async function within<T>(mode: IDBTransactionMode, otherwise: T, work: (table: IDBObjectStore) => Promise<T>): Promise<T> {
  if (typeof indexedDB === 'undefined') return otherwise;
  try {
    const database = await opened();
    try {
      return await work(database.transaction(TABLE, mode).objectStore(TABLE));
    } finally {
      database.close();
    }
  } catch {
    return otherwise;
  }
}

export const keepUnsent = (noteId: string, client: number, update: Uint8Array): Promise<void> =>
  within('readwrite', undefined, async (table) => { await answered(table.put(update, keyOf(noteId, client))); });

export const forgetUnsent = (noteId: string, client: number): Promise<void> =>
  within('readwrite', undefined, async (table) => { await answered(table.delete(keyOf(noteId, client))); });

/** What earlier pages left, which is from now on for whoever took it to keep. */
export const takeUnsent = (noteId: string): Promise<readonly Uint8Array[]> => within('readwrite', [], async (table) => {
  const range = IDBKeyRange.bound(`${noteId}/`, `${noteId}/\uFFFF`);
  const kept = await answered<unknown[]>(table.getAll(range));
  await answered(table.delete(range));
  return kept.filter((each) => each instanceof Uint8Array);
});
