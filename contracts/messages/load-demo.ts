import { z } from 'zod';
import { defineMessage } from './define-message.ts';

/** Work: run the demo's trainings through the public API. Stream WORK. Safe to repeat: finished trainings are kept. */
export const loadDemo = defineMessage({
  name: 'work.demo.load-demo',
  version: 1,
  schema: z.object({ personId: z.string() }),
});
