import { loadDemo } from '../../contracts/messages/load-demo.ts';
import { handle, type Handler } from '../runtime/handle.ts';

/** Serves work.demo.load-demo: `run` does it; a failure is its own business, only being stopped comes back here and is tried again. */
export const loadDemoHandler = (run: (personId: string) => Promise<void>): Handler =>
  handle(loadDemo, async ({ personId }) => {
    await run(personId);
    return { done: true };
  });
