import { z } from 'zod';
import { defineMessage } from './define-message.ts';

/** Work: compute variants, changed variables, verdict and evidence digest of an experiment again. Stream WORK. */
export const analyseExperiment = defineMessage({
  name: 'work.analysis.analyse-experiment',
  version: 1,
  schema: z.object({ experimentId: z.string() }),
});
