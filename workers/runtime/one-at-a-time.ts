/**
 * Runs `work` at most once at a time for a key. Calls that come while it runs share one further run, begun after it, so that each caller's change is
 * seen and a burst of a thousand costs two runs.
 */
export function oneAtATime(work: (key: string) => Promise<void>): (key: string) => Promise<void> {
  const running = new Map<string, { readonly current: Promise<void>; next: Promise<void> | null }>();

  function start(key: string): Promise<void> {
    const current = work(key).finally(() => {
      if (running.get(key)?.current === current) running.delete(key);
    });
    running.set(key, { current, next: null });
    return current;
  }
  return (key) => {
    const flight = running.get(key);
    if (!flight) return start(key);
    flight.next ??= flight.current.then(() => start(key), () => start(key));
    return flight.next;
  };
}
