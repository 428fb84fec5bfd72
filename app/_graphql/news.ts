/** Between two refreshes, in milliseconds: a burst of news costs two or three questions a second. */
export const APART_MS = 400;

export interface News {
  readonly hear: () => void;
  readonly stop: () => void;
}

/**
 * Calls `refresh` at the first news at once, and for all that comes in the next 400 ms once more after them. `ready` is waited for before each:
 * what is asked while the same question is under way would not be asked.
 */
export function gatherNews(refresh: () => void, ready: () => Promise<void>): News {
  let resting: ReturnType<typeof setTimeout> | null = null;
  let more = false;
  let stopped = false;

  const ask = async (): Promise<void> => {
    await ready();
    if (!stopped) refresh();
  };
  const hear = (): void => {
    more = resting !== null;
    if (more) return;
    resting = setTimeout(() => {
      resting = null;
      if (more) hear();
    }, APART_MS);
    void ask();
  };
  return {
    hear,
    stop: () => {
      stopped = true;
      if (resting !== null) clearTimeout(resting);
    },
  };
}
