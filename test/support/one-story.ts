import { beforeEach, onTestFailed } from 'vitest';

/** The tests of the calling file are parts of one story: a part that stands on one that failed has nothing to say, and is not tried. */
export function tellOneStory(): void {
  let failed: string | null = null;
  beforeEach(({ task }) => {
    if (failed) throw new Error(`not tried, since this failed: ${failed}`);
    onTestFailed(() => { failed = task.name; });
  });
}
