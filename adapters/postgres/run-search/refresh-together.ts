/**
 * Lets one refresh run at a time. Who comes while one runs waits for the next, which then serves everybody who came meanwhile: what they ask about may have
 * been committed after the running one had looked.
 */
export function refreshTogether<Name>(refresh: (names: readonly Name[]) => Promise<void>): (names: readonly Name[]) => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let next: { readonly names: Set<Name>; readonly done: Promise<void> } | null = null;

  return (names) => {
    if (next) {
      for (const name of names) next.names.add(name);
      return next.done;
    }
    const together = new Set(names);
    const done = running.then(() => {
      next = null;
      return refresh([...together]);
    });
    next = { names: together, done };
    running = done.catch(() => {});
    return done;
  };
}
