/** A queue in memory that one reader waits on. Past `capacity` the oldest is dropped. */
export interface Mailbox<T> extends AsyncIterable<T> {
  put(item: T): void;
  /** The reader gets what is left, then the end. */
  close(): void;
}

export function mailbox<T>(capacity: number): Mailbox<T> {
  const items: T[] = [];
  let closed = false;
  let wake: (() => void) | null = null;
  const rouse = (): void => { wake?.(); wake = null; };
  return {
    put(item) {
      if (closed) return;
      items.push(item);
      if (items.length > capacity) items.shift();
      rouse();
    },
    close() {
      closed = true;
      rouse();
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        for (let item = items.shift(); item !== undefined; item = items.shift()) yield item;
        if (closed) return;
        await new Promise<void>((resolve) => { wake = resolve; });
      }
    },
  };
}
