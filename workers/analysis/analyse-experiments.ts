import { analyseExperiment as message } from '../../contracts/messages/analyse-experiment.ts';
import { analyseExperiment, type AnalysisPorts } from '../../operations/analysis/analyse-experiment.ts';
import { recordRecipes } from '../../operations/duplicates/record-recipes.ts';
import { handle, type Handler } from '../runtime/handle.ts';
import { oneAtATime } from '../runtime/one-at-a-time.ts';

/** Serves work.analysis.analyse-experiment: one analysis of an experiment at a time, bursts folded into one. */
export function analysisHandler(ports: AnalysisPorts, softwareVersion: string): Handler {
  const analyse = oneAtATime(async (experimentId) => {
    await analyseExperiment(ports, experimentId, softwareVersion);
    await recordRecipes(ports, experimentId);
  });
  return handle(message, async ({ experimentId }) => {
    await analyse(experimentId);
    return { done: true };
  });
}
