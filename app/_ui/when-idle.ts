/** Calls back once the page has nothing else to do; the answer lets it be. A browser that cannot tell is given two seconds. */
export function whenIdle(act: () => void): () => void {
  if (typeof requestIdleCallback === 'function') {
    const asked = requestIdleCallback(act);
    return () => cancelIdleCallback(asked);
  }
  const timer = setTimeout(act, 2_000);
  return () => clearTimeout(timer);
}
