/**
 * An async generator that can be left while it waits. `return()` of an ordinary one is only heard when its pending `next()` is done, so a subscriber to
 * something quiet would never be let go; here it aborts `leaving` at once, and what the generator waits for is expected to end by that.
 */
export function leavable<T>(make: (leaving: AbortSignal) => AsyncGenerator<T>): AsyncGenerator<T> {
  const leaving = new AbortController();
  const inner = make(leaving.signal);
  return {
    next: () => inner.next(),
    return(value) {
      leaving.abort();
      return inner.return(value);
    },
    throw(error) {
      leaving.abort();
      return inner.throw(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    [Symbol.asyncDispose]: async () => {
      leaving.abort();
      await inner.return(undefined);
    },
  };
}
