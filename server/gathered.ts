/**
 * One query for everybody who asks at about the same time: those that come while an answer is on its way wait for the next one, whose query begins after they asked.
 * So nothing is remembered, and each gets what was true after its asking, as if it had asked alone. Resolves to undefined where there was nothing for the key.
 */
export function gathered<Key, Value>(load: (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Value>>): (key: Key) => Promise<Value | undefined> {
  let next: { readonly keys: Set<Key>; readonly answer: Promise<ReadonlyMap<Key, Value>> } | null = null;
  let previous: Promise<unknown> = Promise.resolve();

  function begin(): NonNullable<typeof next> {
    const keys = new Set<Key>();
    const answer = previous.then(() => eventsRead()).then(() => {
      next = null;
      return load([...keys]);
    });
    previous = answer.catch(() => {});
    return { keys, answer };
  }

  return async (key) => {
    next ??= begin();
    next.keys.add(key);
    return (await next.answer).get(key);
  };
}

/** Until every socket that had something to read has been read: their requests ask together. */
const eventsRead = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });
