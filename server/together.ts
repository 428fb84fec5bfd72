const waiting = new WeakMap<object, Map<string, Promise<unknown>>>();

/**
 * One reading of a source for all who want the same, by its key, in one turn of the event loop: listeners that heard the same news read on from the same place. It begins after
 * they asked, so each gets what was true after its asking; and all get the same object.
 */
export function together<Value>(source: object, key: string, read: () => Promise<Value>): Promise<Value> {
  const own = waiting.get(source) ?? new Map<string, Promise<unknown>>();
  waiting.set(source, own);
  const begun = own.get(key) as Promise<Value> | undefined;
  if (begun) return begun;
  const answer = new Promise<void>((resolve) => { setImmediate(resolve); }).then(() => {
    own.delete(key);
    return read();
  });
  own.set(key, answer);
  return answer;
}
