import { z } from 'zod';
import { capture, runDatasets } from './capture.ts';

/** What POST /duplicate-check takes and answers. Nothing of it is kept. */
export const duplicateAsk = z.strictObject({
  project: z.string().optional().describe("The project's slug: its policy is answered. That of the experiment when absent."),
  params: z.record(z.string(), z.string()).refine((given) => Object.keys(given).length <= 2_000, 'at most 2000 at once').default({}).describe('As the run would log them, its seed among them.'),
  capture: capture.optional(),
  datasets: runDatasets.shape.datasets.optional(),
  experiment: z.string().optional().describe('Key of the experiment the run belongs to, where it is known: another seed is a repeat there.'),
  hypothesis: z.string().max(10_000).optional().describe('What the run names instead of an experiment, in words or by id: what it changes is then compared within the experiment that runs of it go to.'),
}).refine(({ project, experiment }) => project !== undefined || experiment !== undefined, { error: 'name the project or the experiment', path: ['project'] });

const changed = z.strictObject({ kind: z.enum(['CODE', 'DATA', 'CONFIG', 'ENVIRONMENT']), name: z.string(), from: z.string().nullable(), to: z.string().nullable() });

const match = z.strictObject({
  run: z.string(),
  experiment: z.string().describe("The experiment's key."),
  experimentName: z.string(),
  verdict: z.enum(['SUPPORTED', 'REFUTED', 'EQUIVALENT', 'INCONCLUSIVE']).nullable(),
  sentence: z.string().describe('What it is the same as, but for what, and what came of it.'),
  distance: z.number().describe('The sum of what each difference weighs: 0 for the same recipe; below 0.1 near.'),
  changed: z.array(changed).describe('The heaviest first.'),
  url: z.string().describe("The run's page."),
});

const change = z.strictObject({
  against: z.enum(['BASELINE', 'PARENT']),
  experiment: z.string().describe("The key of the experiment whose baseline it is, or of the parent: what its verdict supports, else its baseline."),
  run: z.string().describe('The run of it whose record was read.'),
  url: z.string().describe("That run's page."),
  count: z.number().int().describe('How many variables: the code counts once, and so does the machine; each dataset, param and package counts.'),
  changed: z.array(changed).describe('At most 200. What the reference names and this run has not named yet is not among them.'),
  unknown: z.array(changed.shape.kind).describe('Kinds of which one of the two has recorded nothing, so that a change would go unseen.'),
  sentence: z.string().nullable().describe('Which variables changed, against what, and what to do; null for one alone, and for a factorial or ablation design.'),
});

export const duplicateAnswer = z.strictObject({
  policy: z.enum(['WARN', 'STOP']).describe('STOP: do not start on an exact or near match unless somebody gives a reason.'),
  exact: z.array(match).describe('The same recipe and the same seed.'),
  repeats: z.array(match).describe('The same recipe with another seed: wanted within an experiment.'),
  near: z.array(match).describe('Close recipes, and repeats of what another experiment ran where the experiment of this run is known.'),
  changesPolicy: z.enum(['WARN', 'STOP']).describe('STOP: do not start where the first of `changes` has a sentence, unless somebody gives a reason. WARN where there is nothing to compare with.'),
  changes: z.array(change).describe('Against the baseline of its experiment, where one was chosen, then against the newest parent that has something to compare with.'),
});
